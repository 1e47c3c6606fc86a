import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { toToken } from '../model/vocabulary/stories/story.ts';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';
import { FORGED, scenario } from './testing/stories.ts';

const { folder, stdout, stderr } = surroundEachTest();
afterEach(() => vi.unstubAllEnvs());

const write = (name: string, text: string): string => {
	const file = join(folder, name);
	mkdirSync(join(file, '..'), { recursive: true });
	writeFileSync(file, text);
	return file;
};

const replay = (...args: readonly string[]): Promise<unknown> => exitStatus(['replay', ...args]);
const said = (): string => stdout.join('\n');

/** Two that go as they say, one that does not, one that cannot be read, and a file that is none. */
function five(): { good: string; other: string; wrong: string; broken: string } {
	write('a/project.yml', 'tasks: []\n');
	return {
		good: write('a/good.yml', scenario()),
		other: write('b/deep/other.yml', scenario()),
		wrong: write('b/wrong.yml', scenario({ status: 'success' })),
		broken: write('c/broken.yml', 'mulligan: 1\nevents: [\n'),
	};
}

describe('of many', () => {
	test('there is a line for each story, those that fail are told whole, and nothing stops the others', async () => {
		const { good, other, wrong, broken } = five();
		expect(await replay(folder)).toBe(2);
		const lines = said().split('\n');
		expect(lines[0]).toBe(`holds: ${good}`);
		expect(lines).toContain(`holds: ${other}`);
		expect(said()).toContain(
			`violated: ${wrong}: a plain failure (C1), on model and reference\nA plain command fails`,
		);
		expect(said()).toContain(
			`✗  ${wrong}:15:31: task compile: status\n        expected  success\n`,
		);
		expect(said()).toContain(`\nviolated; again with: npx mulligan replay ${wrong}\n`);
		expect(stderr).toEqual([expect.stringMatching(`^mulligan: ${broken}:\\d+:\\d+: `)]);
		expect(lines.slice(-2)).toEqual([
			'bad input: 2 of 3 stories hold, 1 violated, 1 could not be played, 1 other file passed over, on model and reference',
			`violated; again with: npx mulligan replay ${folder}`,
		]);
	});

	test('with --failures only those are told that fail', async () => {
		const { wrong } = five();
		expect(await replay(join(folder, 'b'), '--failures')).toBe(1);
		expect(said()).not.toContain('holds: ');
		expect(said()).toContain(`violated: ${wrong}: a plain failure`);
		expect(said()).toContain(
			'violated: 1 of 2 stories holds, 1 violated, on model and reference\n',
		);
	});

	test('files, patterns, names, tokens and files with tokens can be given, each is played once', async () => {
		const { good } = five();
		const token = write('t/story.token', toToken(FORGED));
		const pattern = join(folder, '{a,b}/**/[go]*.yml');
		const name = 'a-transient-clone-failure-is-retried-once';
		expect(await replay(good, pattern, name, token, toToken(FORGED), '--on', 'model')).toBe(0);
		expect(stdout.slice(0, 4)).toEqual([
			`holds: ${good}`,
			`holds: ${join(folder, 'b/deep/other.yml')}`,
			`holds: scenarios/stories/${name}.yml`,
			`holds: ${token}: a story of 2 events in ${token}`,
		]);
		expect(said()).toContain('\nholds: 5 of 5 stories hold, on model\n');
		expect(said()).toMatch(/again with: npx mulligan replay .*story\.token v2\.\S+ --on model$/);
	});

	test('the command that plays a long list again names what failed', async () => {
		const { wrong } = five();
		const files = [1, 2, 3, 4, 5].map((at) => write(`${at}.yml`, scenario()));
		expect(await replay(...files, wrong)).toBe(1);
		expect(stdout.at(-1)).toBe(`violated; again with: npx mulligan replay ${wrong}`);
	});

	test('what is wrong with one argument is told, and the others are played', async () => {
		const { good } = five();
		const none = join(folder, 'none');
		mkdirSync(none);
		expect(await replay(good, none, join(folder, '*.nope'), 'nowhere')).toBe(2);
		expect(stdout[0]).toBe(`holds: ${good}`);
		expect(stderr).toEqual([
			`mulligan: ${none}: no scenario is in this folder (give one that holds .yml files with scenarios)`,
			`mulligan: ${folder}/*.nope: no scenario matches this pattern (check the folder that you are in)`,
			expect.stringContaining('mulligan: nowhere: there is no such file'),
		]);
	});

	test('as JSON it is one object, with what could not be played', async () => {
		const { wrong, broken } = five();
		expect(await replay(folder, '--json')).toBe(2);
		expect(stdout).toHaveLength(1);
		const { verdict, stories, problems } = JSON.parse(said());
		expect(verdict).toBe('violated');
		expect(problems).toEqual([expect.stringMatching(`^${broken}:`)]);
		expect(stories).toHaveLength(3);
		expect(stories[2]).toMatchObject({
			...{ file: wrong, verdict: 'violated', finding: null, broken: [] },
			mismatches: [
				{
					...{ file: wrong, line: 15, column: 31, after: 8 },
					unmet: { label: 'task compile: status', expected: 'success', was: 'failed' },
				},
			],
		});
		expect(stories[2]).not.toHaveProperty('steps');
		stdout.length = 0;
		await replay(folder, '--json', '--verbose');
		expect(JSON.parse(said()).stories[0].steps).toHaveLength(8);
	});

	test('as JUnit each story is a case, and so is what could not be played', async () => {
		const { good, wrong, broken } = five();
		expect(await replay(folder, '--junit')).toBe(2);
		expect(said()).toMatch(
			/^<\?xml [^\n]*\n<testsuites tests="4" failures="1" errors="1" skipped="0" time="[\d.]+">\n {2}<testsuite name="mulligan replay"/,
		);
		expect(said()).toContain(
			`<testcase classname="mulligan.replay" name="${good}: a plain failure (C1)" file="${good}"/>`,
		);
		expect(said()).toContain(
			`<failure message="${wrong}:15:31: task compile: status: expected success, was failed `,
		);
		expect(said()).toContain(`\nnpx mulligan replay ${wrong}</failure>`);
		expect(said()).toContain(`<error message="${broken}:`);
	});

	test('in a workflow of GitHub what went otherwise stands at its line', async () => {
		vi.stubEnv('GITHUB_ACTIONS', 'true');
		vi.stubEnv('GITHUB_STEP_SUMMARY', join(folder, 'summary.md'));
		five();
		const impossible = scenario().replace('command-ends: failed', 'agent-returns');
		write('b/wrong2.yml', impossible);
		await replay(folder);
		const notes = said()
			.split('\n')
			.filter((line) => line.startsWith('::'));
		expect(notes).toHaveLength(3);
		expect(notes[0]).toMatch(
			/^::error file=\S*c\/broken\.yml,line=\d,col=\d+,title=mulligan%3A cannot/,
		);
		expect(notes[1]).toMatch(
			/b\/wrong\.yml,line=15,col=31,title=mulligan%3A a plain failure::task /,
		);
		expect(notes[2]).toMatch(
			/b\/wrong2\.yml,line=13,col=5,.*::"a new agent starts on h1" is not po/,
		);
		expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toContain('2 of 4 stories hold');
	});

	test('a warning of a project file is told once, and in one story too', async () => {
		write('evergreen.yml', PROJECT);
		const text = scenario()
			.replace(/project:[\s\S]*?\ntasks:/, 'project_file: evergreen.yml\ntasks:')
			.replace('shows: [C1]\n', '');
		write('.git', '');
		const one = write('one.yml', text);
		write('two.yml', text);
		expect(await replay(folder)).toBe(0);
		const warned = `warning: ${join(folder, 'evergreen.yml')}:5:`;
		expect(stdout.filter((line) => line.startsWith(warned))).toHaveLength(1);
		stdout.length = 0;
		expect(await replay(one)).toBe(0);
		expect(said()).toContain(`\n${warned}`);
	});
});

const PROJECT = `tasks:
  - name: compile
    commands:
      - func: build
        retry_on_failure: true
functions:
  build: [{ command: shell.exec }]
buildvariants:
  - { name: linux, run_on: [a], tasks: [compile] }
`;

test('a story with what a system cannot let happen is not played on it, and that is said', async () => {
	expect(await replay('a-mark-that-is-held-comes-after-the-abort', '--on', 'live')).toBe(2);
	expect(stderr.join('\n')).toContain(
		'the system "live" cannot let happen what the story tells: held (replay it --on model,reference)',
	);
});

test('an interrupted run tells what was played, and of how much it was not', async () => {
	five();
	const file = write('a/zzz.yml', scenario());
	vi.mocked(console.log).mockImplementation((line: unknown) => {
		stdout.push(String(line));
		if (line === `holds: ${join(folder, 'a/good.yml')}`) process.emit('SIGINT', 'SIGINT');
	});
	expect(await replay(join(folder, 'a'), join(folder, 'b'))).toBe(3);
	expect(stdout[0]).toBe(`holds: ${join(folder, 'a/good.yml')}`);
	expect(said()).not.toContain(file);
	expect(said()).toContain('unknown: 1 of 1 story holds, 3 not begun, as it was interrupted, ');
});

test('--watch plays again what is changed or new, and no more', async () => {
	const { good, other, wrong } = five();
	const told = (text: string): Promise<void> =>
		vi
			.waitUntil(() => said().includes(text), { timeout: 10_000, interval: 20 })
			.then(() => {
				stdout.length = 0;
			});
	const ended = replay(join(folder, 'a'), join(folder, 'b'), '--watch');
	await told('watching: Ctrl-C ends it');
	writeFileSync(wrong, scenario());
	await vi.waitUntil(() => said().includes('watching'), { timeout: 10_000, interval: 20 });
	expect(said()).toContain(`holds: ${wrong}\nholds: 3 of 3 stories hold`);
	expect(said()).not.toContain(`holds: ${good}`);
	stdout.length = 0;
	const fresh = write('a/new.yml', scenario({ status: 'success' }));
	rmSync(other);
	await vi.waitUntil(() => said().includes(`violated: ${fresh}: `), {
		timeout: 10_000,
		interval: 20,
	});
	await told('watching');
	process.emit('SIGINT', 'SIGINT');
	expect(await ended).toBe(1);
});

test('--watch plays a scenario again when its project file is changed', async () => {
	write('.git', '');
	const project = write('evergreen.yml', PROJECT);
	const text = scenario().replace(
		/project:[\s\S]*?\ntasks:/,
		'project_file: evergreen.yml\ntasks:',
	);
	const mine = write(
		'a/mine.yml',
		text.replace('evergreen.yml', '../evergreen.yml').replace('shows: [C1]\n', ''),
	);
	const other = write('a/other.yml', scenario());
	const watching = (): Promise<boolean> =>
		vi.waitUntil(() => said().includes('watching'), { timeout: 10_000, interval: 20 });
	const ended = replay(join(folder, 'a'), '--watch', '--on', 'model');
	await watching();
	stdout.length = 0;
	writeFileSync(project, PROJECT.replace('[a]', '[b]'));
	await watching();
	expect(said()).toContain(`holds: ${mine}\n`);
	expect(said()).not.toContain(other);
	process.emit('SIGINT', 'SIGINT');
	expect(await ended).toBe(0);
});

describe('--fix', () => {
	test('writes what a scenario puts to the test, and keeps comments and layout', async () => {
		const text = `# a comment\n${scenario().replace('shows: [C1]\n', '')}`.replace(
			'name: a plain failure\n',
			'name: a plain failure   # its name\n\n# what it is about\n',
		);
		const file = write('s.yml', text);
		expect(await replay(file, '--fix')).toBe(0);
		const [, ids = ''] = /wrote shows: \[(.*)\]$/.exec(stderr.join()) ?? [];
		expect(ids.split(', ')).toContain('C1');
		const shows = `shows: [${ids}]\n`;
		expect(readFileSync(file, 'utf8')).toBe(text.replace('# its name\n', `# its name\n${shows}`));
		stderr.length = 0;
		expect(await replay(file, '--fix')).toBe(0);
		expect(stderr).toEqual([]);
	});

	test('takes out claims that are not true, and leaves those that are', async () => {
		const file = write('s.yml', scenario({ shows: 'C1, S6' }));
		expect(await replay(file, '--fix')).toBe(1);
		expect(stderr).toEqual([`mulligan: ${file}: wrote shows: [C1]`]);
		expect(readFileSync(file, 'utf8')).toBe(scenario());
	});

	test('leaves alone what does not go as it says', async () => {
		const text = scenario({ status: 'success', shows: 'S6' });
		const file = write('s.yml', text);
		await replay(file, '--fix');
		expect(stderr).toEqual([
			`mulligan: ${file}: "shows" is not written, as the story does not go as it says`,
		]);
		expect(readFileSync(file, 'utf8')).toBe(text);
	});
});

test('quiet unless --verbose: deliveries and answers that only lead to the next are left out', async () => {
	const file = write('s.yml', scenario());
	await replay(file);
	const quiet = said();
	expect(quiet).not.toContain('the server answers 200');
	expect(quiet).toContain(
		'\n1 delivery that only led to the next is not shown; --verbose shows all',
	);
	stdout.length = 0;
	await replay(file, '--verbose');
	expect(said()).toContain('   3  delivered: next reply\n        h1 calls start of compile/0\n');
	expect(said().length).toBeGreaterThan(quiet.length);
});
