import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { toToken } from '../model/vocabulary/stories/story.ts';
import { CANARIES } from '../properties/deviations/canaries.ts';
import { Evidence } from '../reports/evidence/evidence.ts';
import { checkOf } from '../reports/testing/evidence.ts';
import { judgedEvidenceOf } from '../reports/testing/whole-evidence.ts';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';
import { FORGED, scenario } from './testing/stories.ts';
import type { VerifyTools } from './verify.ts';

const { folder, stdout, stderr } = surroundEachTest();
afterEach(() => vi.unstubAllEnvs());

/** Calls the command line in this process and tells with which status it would exit. */
const mulligan = (args: readonly string[], tools: VerifyTools = {}): Promise<unknown> =>
	exitStatus(args, { checks: [], ...tools });

const write = (name: string, text: string): string => {
	const file = join(folder, name);
	writeFileSync(file, text);
	return file;
};

describe('help', () => {
	test.each([
		[['--help'], 'Puts the automatic retry of CI tasks on trial.'],
		[['replay', '--help'], 'Exit status: 0 holds, 1 violated, 2 bad input, 3 unknown, 70 a bug'],
		[['verify', '--help'], 'about 15 s, 2 min or 12 min'],
		[['help', 'verify'], '--seed <seed>'],
		[['--version'], '0.1.0'],
	])('%j is given on stdout, and is a success', async (args, said) => {
		expect(await mulligan(args)).toBe(0);
		expect(stdout.join('')).toContain(said);
		expect(stderr).toEqual([]);
	});

	test('names no folder of this machine', async () => {
		await mulligan(['verify', '--help']);
		expect(stdout.join('')).not.toContain(import.meta.dirname.slice(0, 5));
	});
});

describe('replay', () => {
	test('of a scenario shows each event with what it changed', async () => {
		expect(await mulligan(['replay', write('story.yml', scenario())])).toBe(0);
		const said = stdout.join('\n').split('\n');
		expect(said.slice(0, 5)).toEqual([
			'holds: a plain failure (C1), on model and reference',
			'A plain command fails, and nothing is restarted.',
			'',
			'   1  h1 asks for work',
			'   2  delivered: next request',
		]);
		expect(said).not.toContain('        h1 calls next');
		expect(said).toContain('        compile/0 is failed (test)');
		expect(said.at(-1)).toBe(`holds; again with: npx mulligan replay ${join(folder, 'story.yml')}`);
	});

	test('of a token shows how the story comes to rest, without what was not possible', async () => {
		expect(await mulligan(['replay', toToken(FORGED)])).toBe(0);
		const said = stdout.join('\n');
		expect(said).toContain('   1  somebody forges a mark of t1 as h1 (none)');
		expect(said).toContain('the server answers 401 refused_credentials');
		expect(said).toContain('\ncoming to rest:\n   2  h1 asks for work\n');
		expect(said).not.toContain('a new agent starts');
	});

	test('of a file with a token is that of the token', async () => {
		expect(await mulligan(['replay', write('a.token', `${toToken(FORGED)}\n`)])).toBe(0);
		expect(stdout.join('\n')).toContain('somebody forges a mark');
	});

	test('of tokens without a checksum says once that they cannot be checked', async () => {
		const old = toToken(FORGED).replace(/^v2(.*)\..*$/, 'v1$1');
		expect(await mulligan(['replay', old])).toBe(0);
		expect(stderr).toEqual([
			expect.stringMatching(/^warning: a token that begins with "v1\." cannot be checked/),
		]);
		stderr.length = 0;
		const finding = { guarantee: null, source: 'corpus', events: 2, token: old };
		const findings = (['diverged', 'broke down'] as const).map((kind) => ({
			...{ ...finding, kind, sentence: kind },
		}));
		await mulligan(['replay', write('e.json', JSON.stringify(judgedEvidenceOf({ findings })))]);
		expect(stderr).toEqual([expect.stringMatching(/^warning: 2 tokens that begin with "v1\."/)]);
	});

	test.each([
		['no events', { ...FORGED, events: [] }, 'the story has no events, so it says nothing'],
		[
			'events that are not possible',
			{ ...FORGED, events: [{ kind: 'agent-returns', host: 'h1' } as const] },
			'1 of 1 event was not possible, and skipped',
		],
	])('of a story with %s says nothing', async (_, story, said) => {
		expect(await mulligan(['replay', toToken(story)])).toBe(3);
		expect(stdout.join('\n')).toMatch(/^unknown: a story of \d events?, on model and reference\n/);
		expect(stdout.join('\n')).toContain(said);
	});

	test('on one system alone is that', async () => {
		expect(await mulligan(['replay', '--on', 'reference', toToken(FORGED)])).toBe(0);
		expect(stdout.join('\n')).toContain('holds: a story of 2 events, on reference\n');
		expect(await mulligan(['replay', '--on', 'model, reference,model', toToken(FORGED)])).toBe(0);
		expect(stdout.join('\n')).toContain('holds: a story of 2 events, on model and reference\n');
	});

	test('of a scenario that goes otherwise marks each mismatch, and is a violation', async () => {
		const wrong = write('wrong.yml', scenario({ status: 'success', shows: 'S6' }));
		expect(await mulligan(['replay', wrong])).toBe(1);
		const said = stdout.join('\n').split('\n');
		const below = (at: string, many: number): string[] => {
			const line = said.findIndex((one) => one.includes(at));
			return said.slice(line, line + many);
		};
		expect(below('✗', 3)).toEqual([
			`   ✗  ${wrong}:15:31: task compile: status`,
			'        expected  success',
			'        was       failed',
		]);
		// In its place: after the last event of the story.
		expect(below('delivered: end reply', 3)[2]).toContain('✗');
		expect(below('S6,', 2)).toEqual([
			`   ✗  ${wrong}:3:9: it claims to show S6, which was never put to the test`,
			expect.stringMatching(/^ {8}put to the test: S2, (\w+, )+C1$/),
		]);
		expect(said[0]).toMatch(/^violated: a plain failure \(/);
		expect(said.at(-1)).toMatch(/^violated; again with: npx mulligan replay /);
	});

	test('of a story that breaks a guarantee marks the event and says what was promised', async () => {
		const against = CANARIES[1]?.system;
		if (against === undefined) throw new Error('there is no canary');
		const flagged = scenario({ flag: true }).replace('exchange: end', 'exchange: mark');
		expect(await mulligan(['replay', write('story.yml', flagged)], { against })).toBe(1);
		const said = stdout.join('\n').split('\n');
		const at = said.findIndex((line) => line.includes('✗  S12'));
		expect(said[at]).toMatch(/^ {3}✗ {2}S12 on reference, flag not cleared on reset: ./);
		expect(said.slice(0, at)).toContain('coming to rest:');
		expect(said[0]).toMatch(/^violated: a plain failure \(/);
		expect(said.at(-1)).toMatch(/^violated; again with: npx mulligan replay /);
	});

	test('of a story in which a system breaks down says so at the end', async () => {
		const against = {
			name: 'stillborn',
			start: () => Promise.reject(new Error('no disk')),
		};
		expect(await mulligan(['replay', toToken(FORGED)], { against })).toBe(1);
		expect(stdout.join('\n')).toContain('   ✗  stillborn broke down: no disk\n\nviolated; ');
	});

	test('of evidence replays every finding', async () => {
		const finding = { guarantee: null, source: 'corpus', events: 2 };
		const token = toToken(FORGED);
		const file = write(
			'evidence.json',
			JSON.stringify(
				judgedEvidenceOf({
					findings: [
						{ ...finding, kind: 'diverged', sentence: 'the first', token },
						{ ...finding, kind: 'broke down', sentence: 'the second', token },
					],
				}),
			),
		);
		expect(await mulligan(['replay', file])).toBe(0);
		expect(stdout.join('\n')).toMatch(
			/^holds: 2 of 2 stories, on model and reference\n\nholds: the first, on [\s\S]*\nholds: the second, on [\s\S]*\nholds; again with: .*$/,
		);
	});

	test('of evidence without a finding says so, and comes to what the evidence does', async () => {
		const file = write('e.json', JSON.stringify(judgedEvidenceOf({ unrested: 2 })));
		expect(await mulligan(['replay', file])).toBe(3);
		expect(stdout.join('\n')).toBe(
			`unknown: there is no story to replay in ${file}\nunknown; again with: npx mulligan replay ${file}`,
		);
		expect(await mulligan(['replay', file, '--json'])).toBe(3);
		expect(JSON.parse(stdout.at(-1) ?? '')).toEqual({ verdict: 'unknown', stories: [] });
	});

	test('of evidence of another design than that which is named is refused', async () => {
		const file = write('e.json', JSON.stringify(judgedEvidenceOf()));
		expect(await mulligan(['replay', file, '--design', 'rest'])).toBe(2);
		expect(stderr.join('\n')).toContain(`${file}: it is about the design flag, not rest (leave `);
		expect(await mulligan(['replay', file, '--design', 'flag'])).toBe(0);
	});

	test('plays what the checker found, from evidence', async () => {
		const violation = {
			guarantee: 'S1',
			name: 'bounded-restarts',
			sentence: 'the checker found this',
			events: 2,
			unavoidable: null,
			loop: null,
			token: toToken(FORGED),
		};
		const checks = [checkOf({ ending: 'broken', holds: [], violations: [violation] })];
		expect(
			await mulligan(['replay', write('e.json', JSON.stringify(judgedEvidenceOf({ checks })))]),
		).toBe(0);
		expect(stdout.join('\n')).toContain('the checker found this, on model and reference\n');
	});

	test('as JSON is one object, with every step', async () => {
		expect(await mulligan(['replay', '--json', write('story.yml', scenario())])).toBe(0);
		expect(stdout).toHaveLength(1);
		expect(stderr).toEqual([]);
		expect(JSON.parse(stdout[0] ?? '')).toMatchObject({
			verdict: 'holds',
			stories: [
				{
					title: expect.stringContaining('a plain failure'),
					verdict: 'holds',
					finding: null,
					mismatches: [],
					steps: expect.arrayContaining([expect.objectContaining({ index: 7, part: 'story' })]),
				},
			],
		});
	});
});

describe('bad input is told in one go, with what to do, and exits 2:', () => {
	test.each<[string, () => string[], string]>([
		['no command', () => [], 'Usage: mulligan'],
		['an unknown command', () => ['frobnicate'], "unknown command 'frobnicate'"],
		['an unknown option', () => ['verify', '--fast'], "unknown option '--fast'"],
		['an unknown profile', () => ['verify', '--profile', 'slow'], 'quick, standard, deep'],
		['one argument too many', () => ['explain', 'a', 'b', 'c'], 'too many arguments'],
		['no argument', () => ['replay'], "missing required argument 'file|token'"],
		['half a seed', () => ['verify', '--seed', '1.5'], 'expected a whole number'],
		['a seed too large', () => ['verify', '--seed', '2147483648'], 'expected a whole number'],
		[
			'an unknown system',
			() => ['replay', '--on', 'toaster', 'v1.a'],
			'known are model, reference, live',
		],
		['no system', () => ['replay', '--on', 'toString', 'v1.a'], 'there is no system "toString"'],
		['a damaged token', () => ['replay', 'v1.abc'], 'the token is damaged'],
		[
			'a token that was altered',
			() => ['replay', toToken(FORGED).replace(/.$/, '_')],
			'the token is damaged',
		],
		['a token and more', () => ['replay', `${toToken(FORGED)} and more`], 'the token is damaged'],
		['a token of tomorrow', () => ['replay', 'v9.abc'], 'expected "v2."'],
		['a file with a damaged token', () => ['replay', write('t', 'v1.abc')], 'the token is damaged'],
		['a file that is not there', () => ['replay', 'nowhere'], 'nowhere: there is no such file'],
		['an empty folder', () => ['replay', folder], 'no scenario is in this folder (give one that'],
		['a pattern', () => ['replay', `${folder}/*.yml`], 'no scenario matches this pattern (check'],
		['one of several', () => ['replay', 'nowhere', 'v1.abc'], 'nowhere: there is no such file'],
		['neither token nor JSON', () => ['replay', write('t', 'hello')], 'not JSON: '],
		['other JSON', () => ['replay', write('t', '{"a":1}')], 'not what it should be at "format"'],
		[
			'evidence with a damaged token',
			() => {
				const finding = {
					guarantee: null,
					sentence: '',
					source: 'corpus',
					events: 1,
					token: 'v1.x',
				};
				const findings = [{ kind: 'diverged' as const, ...finding }];
				return ['replay', write('e', JSON.stringify(judgedEvidenceOf({ findings })))];
			},
			'the token is damaged',
		],
		['a file of 16 MB', () => ['replay', write('t', ' '.repeat(16_000_001))], 'larger than'],
		['a malformed scenario', () => ['replay', write('s.yml', 'events: [')], 's.yml:1:'],
		['a scenario that is none', () => ['replay', write('s.yml', 'a: 1')], '"events" is missing'],
		['a malformed project', () => ['verify', write('p.yml', 'tasks: [')], 'p.yml:1:'],
		['a project that is not there', () => ['verify', join(folder, 'no.yml')], 'no.yml'],
		['a folder as project', () => ['verify', folder], 'this is not a file'],
	])('%s', async (_, args, said) => {
		expect(await mulligan(args())).toBe(2);
		expect(stdout).toEqual([]);
		expect(stderr.join('\n')).toContain(said);
		expect(stderr.join('\n')).not.toMatch(/\n\s+at /);
	});

	test('a folder in which no reports can be written, before any work', async () => {
		const out = join(write('file', ''), 'out');
		const seconds = { generated: 600, project: 600, canary: 600 };
		expect(await mulligan(['verify'], { seconds, out })).toBe(2);
		expect(stderr.join('\n')).toMatch(
			/^mulligan: .*: reports cannot be written: the folder \S+ cannot be used: ENOTDIR: /,
		);
		expect(stdout).toEqual([]);
	});
});

describe('verify', () => {
	const quick = { generated: 0.05, project: 0.05, canary: 10 };
	const FLAGGED = '{ command: shell.exec, retry_on_failure: true }';
	const VARIANT = 'buildvariants: [{ name: v, run_on: [d], tasks: [a] }]\n';

	/** A project with little to try. */
	const flagged = (): string =>
		write('p.yml', `tasks: [{ name: a, commands: [${FLAGGED}] }]\n${VARIANT}`);

	/** For what does not depend on the stories that are told: next to none. */
	const few = (): VerifyTools => {
		const scenarios = join(folder, 'scenarios');
		mkdirSync(scenarios);
		writeFileSync(join(scenarios, 'story.yml'), scenario());
		return { seconds: { generated: 0, project: 0, canary: 0 }, scenarios };
	};

	test('prints verdicts, sources, canary, machines and the line that does it again', async () => {
		const project = write(
			'p.yml',
			`tasks: [{ name: a, commands: [{ func: f }, ${FLAGGED}] }]\n${VARIANT}`,
		);
		const out = join(folder, 'out');
		const args = ['verify', project, '--profile', 'quick', '--seed', '1'];
		const status = await mulligan(args, { seconds: quick, out });
		const said = stdout.join('\n');
		const evidence = Evidence.parse(JSON.parse(readFileSync(join(out, 'evidence.json'), 'utf8')));
		expect(status).toBe(evidence.verdict === 'holds' ? 0 : 3);
		for (const fact of [
			`\nwarnings  1 warning about ${project}: --verbose, or ${join(out, 'evidence.json')}\n`,
			'\nexercised least of all ',
			'generated projects',
			'canary    "flag not cleared on reset" caught after ',
			' transitions taken; the ',
			`reports   ${join(out, 'evidence.json')}  ${join(out, 'summary.md')}`,
			`\n${evidence.verdict}`,
			`; again with: npx mulligan verify ${project} --profile quick --seed 1`,
		])
			expect(said).toContain(fact);
		const lines = said.split('\n');
		expect(lines[0]).toMatch(
			new RegExp(
				`^${evidence.verdict}: .+ \\(${project}, 1 of 1 flagged command, 1 of 1 task, profile quick, seed 1\\)$`,
			),
		);
		expect(lines.at(-1)).toMatch(new RegExp(`^${evidence.verdict}.*; again with: `));
		expect(lines.length).toBeLessThan(40);
		expect(readdirSync(out)).toHaveLength(5);
		expect(stderr.join('')).toContain(
			`mulligan verify: profile quick, seed 1 (as asked), project ${project}`,
		);
		expect(stderr.join('')).toContain('canary: flag not cleared on reset\n');
	});

	test('as JSON prints the evidence and nothing else', async () => {
		const args = ['verify', flagged(), '--json', '--seed', '-1'];
		const status = await mulligan(args, { ...few(), seconds: quick, out: folder });
		expect(stdout).toHaveLength(1);
		expect(stderr).toEqual([]);
		const evidence = Evidence.parse(JSON.parse(stdout[0] ?? ''));
		expect(evidence).toMatchObject({ profile: 'standard', seed: -1 });
		expect(status).toBe(evidence.verdict === 'holds' ? 0 : 3);
		expect(JSON.parse(readFileSync(join(folder, 'evidence.json'), 'utf8'))).toEqual(evidence);
	});

	test('draws a seed where none is given, and says which', async () => {
		for (const name of ['CI', 'TF_BUILD', 'TEAMCITY_VERSION', 'JENKINS_URL']) vi.stubEnv(name, '');
		expect(await mulligan(['verify'], { ...few(), out: folder })).toBe(3);
		const said = stdout.join('\n');
		const seed = /seed (\d+) \(drawn\), project/.exec(stderr.join('\n'))?.[1];
		expect(said).toContain(`verify --profile standard --seed ${seed}`);
		expect(said).toMatch(/\ncanary {4}".+" not released\n/);
		expect(said).toContain('unknown: the canary');
	});

	test('of a broken reference is a violation, with the line that replays it', async () => {
		const against = CANARIES[2]?.system;
		if (against === undefined) throw new Error('there is no canary');
		const corpus = join(folder, 'corpus');
		mkdirSync(corpus);
		writeFileSync(join(corpus, 'forged.token'), toToken(FORGED));
		const args = ['verify', flagged(), '--seed', '1'];
		const tools = { ...few(), corpus, against, seconds: quick, out: folder };
		expect(await mulligan(args, tools)).toBe(1);
		const said = stdout.join('\n');
		expect(said).toMatch(
			/\n(?:S8|diverged) in \d+ events \(.*\): .*\nnpx mulligan replay v2\.[\w.-]+\n/,
		);
		expect(said).toMatch(/^violated: .+ \(.+\)\n/);
		expect(said).toContain('\nviolated; again with: ');
		const token = /replay (v2\.[\w.-]+)/.exec(said)?.[1] ?? '';
		expect(await mulligan(['replay', token])).toBe(0);
	});

	test('with --verbose prints each warning and each guarantee', async () => {
		const commands = Array.from({ length: 14 }, (_, place) => `{ command: c${place} }`).join(', ');
		const project = write(
			'p.yml',
			`tasks: [{ name: a, commands: [${commands}, ${FLAGGED}] }]\n${VARIANT}`,
		);
		await mulligan(['verify', project, '--verbose'], { ...few(), out: join(folder, 'out') });
		const said = stdout.join('\n');
		expect(said.match(/^warning: /gm)).toHaveLength(14);
		expect(said).toMatch(/^S1 +bounded-restarts +/m);
	});

	test('of a project without a working flag says so at once, and draws no review', async () => {
		const project = write(
			'p.yml',
			`tasks: [{ name: a, commands: [{ command: shell.exec }] }]\n${VARIANT}`,
		);
		const out = join(folder, 'out');
		expect(await mulligan(['verify', project, '--seed', '1'], { out })).toBe(3);
		expect(stdout.join('\n').split('\n')).toEqual([
			`unknown: nothing to try: no command of ${project} has the flag (${project}, profile standard, seed 1)`,
			'',
			'flags     no flagged command',
			`reports   ${['evidence.json', 'summary.md', 'junit.xml'].map((name) => join(out, name)).join('  ')}`,
			'review    not written: nothing was tried',
			expect.stringMatching(/^remedy +nothing-to-try: /),
			'',
			`unknown: nothing to try: no command of ${project} has the flag; again with: npx mulligan verify ${project} --profile standard --seed 1`,
		]);
		expect(readFileSync(join(out, 'summary.md'), 'utf8')).toContain('nothing to try');
		const allowed = [
			'verify',
			project,
			'--allow',
			'nothing-to-try,no-stories,canary-missed,never-exercised',
		];
		expect(await mulligan(allowed, { ...few(), out })).toBe(0);
		expect(stdout.join('\n')).toMatch(/\(allowed: .*nothing-to-try/);
	});

	test('leaves no listener behind', async () => {
		const before = process.listenerCount('SIGINT');
		await mulligan(['verify'], { ...few(), out: folder });
		expect(process.listenerCount('SIGINT')).toBe(before);
	});
});

test('a bug of mulligan itself is no verdict: it is told with its stack, and exits 70', async () => {
	const out = join(folder, 'out');
	const seconds = { generated: 0, project: 0, canary: 0 };
	const against = { name: 'x'.repeat(5), start: () => Promise.reject(new Error('unused')) };
	Object.defineProperty(against, 'name', {
		get: () => {
			throw new TypeError('a bug');
		},
	});
	mkdirSync(out);
	expect(await mulligan(['verify'], { seconds, out, against })).toBe(70);
	expect(stderr.join('\n')).toContain('mulligan: this is a bug in mulligan: TypeError: a bug');
	expect(readdirSync(out)).toEqual([]);
});

test.each([['verify'], ['simulate'], ['run'], ['review'], ['replay']])(
	'%s of a file that is not there says so, names no point in it and advises nothing to do with it',
	async (command) => {
		const out = join(folder, 'out');
		const task = command === 'run' ? ['unit-test'] : [];
		expect(await mulligan([command, 'nowhere.yml', ...task], { out })).toBe(2);
		const said = stderr.join('\n');
		expect(said).toMatch(/^mulligan: nowhere\.yml: there is no such file.* \(.+\)$/);
		expect(said).not.toContain('npx mulligan');
	},
);
