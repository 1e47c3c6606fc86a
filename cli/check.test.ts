import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { configurations } from '../model/checker/configurations/index.ts';
import { machines } from '../model/machines/index.ts';
import { createTables } from '../model/system/tables.ts';
import { CheckEvidence } from '../reports/evidence/check-evidence.ts';
import { loadScenario } from '../scenarios/format/load.ts';
import type { CheckTools } from './check.ts';
import { byteSize, usualWorkers } from './flags.ts';
import { fateLines } from './found-lines.ts';
import { main } from './main.ts';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';

const { folder, stdout, stderr } = surroundEachTest();

/** Calls `mulligan check` in this process and tells with which status it would exit. */
const check = (args: readonly string[], tools: CheckTools = {}): Promise<unknown> =>
	exitStatus(['check', ...args], tools);

/** An app server that lets the merge queue be restarted. */
const lax: CheckTools = {
	machines: () =>
		createTables({ task: machines.task.provide({ guards: { 'merge queue': () => false } }) }),
};

/** A promised restart that is forgotten. */
const forgetful: CheckTools = {
	machines: () => createTables({ unit: machines.unit.provide({ guards: { due: () => false } }) }),
};

describe('a check of the model', () => {
	test('says the answer first and last, and in one line each what there is to see besides', async () => {
		expect(await check(['merge-queue'])).toBe(0);
		const said = stdout.join('\n').split('\n');
		expect(said[0]).toMatch(
			/^holds: all 29,845 states of the model were gone through, .* \(merge-queue, profile quick\)$/,
		);
		expect(said.at(-1)).toBe('holds; again with: npx mulligan check merge-queue --profile quick');
		expect(said).toContainEqual(
			expect.stringMatching(/^unknown {3}S1, S7, .*: it was never exercised$/),
		);
		expect(said).toContainEqual(expect.stringMatching(/^holds {5}S2, S3, .*, deadlock$/));
		expect(said).toContainEqual(
			expect.stringMatching(
				/^halves {4}\d+ of \d+ put to the test; whether the other \d+ hold is not known: --verbose$/,
			),
		);
		expect(said).toContain('machines  63 of 212 transitions taken; the 149 never taken: --verbose');
		expect(said.length).toBeLessThan(20);
	});

	test('is done again with what it was asked for', async () => {
		const asked = ['--memory', '64M', '--design', 'rest', '--symmetry', '--workers', '1'];
		const [saved, out] = [join(folder, 'saved here'), join(folder, 'out')];
		await check(['intent', ...asked, '--save', saved, '--output', out]);
		const again = `npx mulligan check intent --profile quick --design rest --memory 64M --workers 1 --symmetry --save '${saved}' --output ${out}`;
		expect(stdout.join('\n').endsWith(`; again with: ${again}`)).toBe(true);
	});

	test('in a step of GitHub annotates what is broken, and adds its tables to the page', async () => {
		const page = join(folder, 'page.md');
		vi.stubEnv('GITHUB_ACTIONS', 'true');
		vi.stubEnv('GITHUB_STEP_SUMMARY', page);
		expect(await check(['merge-queue'], lax)).toBe(1);
		vi.unstubAllEnvs();
		expect(stdout.join('\n')).toMatch(
			/\n::error title=mulligan%3A S6 \(checker%2C configuration merge-queue\)::/,
		);
		const said = readFileSync(page, 'utf8');
		expect(said).toMatch(/^# mulligan check: violated\n/);
		expect(said).toContain('```sh\nnpx mulligan check merge-queue --profile quick\n```');
		expect(said).toMatch(/^\| merge-queue \| [\d,]+ \| [\d,]+ \| \d+ \| [\d.]+ \| ✕ broken \| /m);
		expect(said).toContain('| merge queue excluded (S6) | 1 | ✕ broken: merge-queue |');
		expect(said).toMatch(
			/\n## Findings\n\n#### ✕ .* \(S6\)\n\n.*\n\n(?:.*\n\n)?```sh\nnpx mulligan replay v2\./,
		);
	});

	test('with several workers goes through several small configurations at a time, and says how many are done', async () => {
		const names = ['unanswered', 'group-crash'];
		expect(await check([...names, '--workers', '2'])).toBe(0);
		expect(stderr.join('')).toContain('checking: 0 of 2 configurations done, ');
		const untimed = (said: string): string => said.replaceAll(/\d+\.\d/g, 'some');
		const several = untimed(stdout.splice(0).join('\n'));
		expect(await check(names)).toBe(0);
		expect(several.replace(' --workers 2', '')).toBe(untimed(stdout.join('\n')));
	});

	test('with --verbose says of how many states, up to which bound, and what was never exercised', async () => {
		expect(await check(['merge-queue', 'blocks', '--verbose'])).toBe(0);
		const said = stdout.join('\n');
		expect(said).toMatch(/\nconfiguration {2} *states {2} *steps {2}depth {2}seconds {2}verdict\n/);
		expect(said).toMatch(/\nblocks +30,711 +158,396 +35 +\d+\.\d {2}holds\n/);
		expect(said).toMatch(
			/\nmerge-queue: A task of the merge queue, .*At most 2 messages in flight, /,
		);
		expect(said).toMatch(
			/\nS6 +merge-queue-excluded +1 {2}holds: never put to the test: S6 lost\n/,
		);
		expect(said).toMatch(/\nC3 +variants-skip +0 {2}unknown: it was never exercised\n/);
		expect(said).toMatch(/\ndeadlock +nothing-is-left-for-ever +2 {2}holds\n/);
		expect(said).toMatch(/\nmachines {2}\d+ of 212 transitions taken\n +never taken: /);
		expect(said).toContain('\n          S7 none-free: A mark arrived when no slot was free.\n');
		expect(said).toMatch(/\n\nholds; again with: .*$/);
		expect(stderr.join('')).toContain('checking blocks: exploring');
	});

	test('as JSON prints its evidence and nothing else', async () => {
		expect(await check(['merge-queue', '--json', '--memory', '64M'])).toBe(0);
		expect([stdout.length, stderr.length]).toEqual([1, 0]);
		expect(CheckEvidence.parse(JSON.parse(stdout[0] ?? ''))).toMatchObject({
			verdict: 'holds',
			profile: 'quick',
			memory_bytes: 2 ** 26,
			checks: [{ configuration: 'merge-queue', ending: 'complete' }],
		});
	});

	test('is unknown where the memory does not suffice, and then nothing holds', async () => {
		expect(await check(['faults', '--memory', '1M'])).toBe(3);
		const said = stdout.join('\n');
		expect(said).toMatch(/\nfaults .* unknown: the memory for states was used up\n/);
		expect(said).not.toContain('  holds\n');
		expect(said).toMatch(/^unknown: faults: the memory for states was used up \(/);
		expect(said).toMatch(/\nunknown: faults: the memory for states was used up; again with: .*$/);
	});

	test('that keeps bits only is unknown, and says how much it probably looked at', async () => {
		expect(await check(['merge-queue', '--bitstate', '--memory', '64M'])).toBe(3);
		const said = stdout.join('\n');
		expect(said).toMatch(
			/\nmerge-queue +29,845 +180,877 +21 +\d+\.\d {2}unknown: states were kept/,
		);
		expect(said).toMatch(
			/some may have been left out; about 99\.\d{4} % of those met were looked at; again with: .*$/,
		);
		expect(said).not.toContain('  holds\n');
	});

	test('that lets hosts count as one says what holds, and that liveness is unknown', async () => {
		expect(await check(['merge-queue', '--symmetry', '--verbose'])).toBe(3);
		const said = stdout.join('\n');
		expect(said).toMatch(/\nmerge-queue +14,929 /);
		expect(said).toMatch(
			/\nS6 +merge-queue-excluded +1 {2}holds: never put to the test: S6 lost\n/,
		);
		expect(said).toMatch(/\nL2 +every-execution-ends +0 {2}unknown\n/);
		expect(said).toMatch(
			/\nunknown: merge-queue: liveness is not judged where hosts that are alike count as one; again with: .*$/,
		);
	});

	test('leaves no listener behind', async () => {
		const before = process.listenerCount('SIGINT');
		await check(['merge-queue']);
		expect(process.listenerCount('SIGINT')).toBe(before);
	});
});

describe('a check of a broken machine', () => {
	test('ends in a shortest story, when it was too late, and the line that replays it', async () => {
		expect(await check(['merge-queue'], lax)).toBe(1);
		const said = stdout.join('\n');
		expect(said).toMatch(/^violated: the model does not keep S6 \(merge-queue, profile quick\)\n/);
		expect(said).toMatch(/\nviolated {2}S6: merge-queue\n/);
		expect(said).toMatch(
			/\nS6 merge-queue-excluded in 3 events \(checker, configuration merge-queue\): .+\n.*last event\n/,
		);
		expect(said).toMatch(/\n\nviolated; again with: .*$/);
		const token = /\nnpx mulligan replay (v2\.[\w.-]+)\n/.exec(said)?.[1] ?? '';
		await main(['replay', '--on', 'model', token]);
		expect(stdout.join('\n')).toContain('\n   3  ');
	});

	test.each(['--bitstate', '--symmetry'])('ends in a story as short with %s', async (reduced) => {
		expect(await check(['merge-queue', reduced], lax)).toBe(1);
		expect(stdout.join('\n')).toMatch(
			/\nS6 merge-queue-excluded in 3 events .*\n[\s\S]*replay v2\./,
		);
	});

	test('tells of a promise that is not kept what goes on for ever', async () => {
		expect(await check(['blocks'], forgetful)).toBe(1);
		expect(stdout.join('\n')).toMatch(
			/\nL1 promised-restart in \d+ events \(checker, configuration blocks\): .+\nit could not be avoided after event \d+\nthen for ever:\n {2}\w/,
		);
	});

	test('a folder that cannot be made is told before any work', async () => {
		expect(await check(['blocks', '--save', '/proc/nowhere/found'])).toBe(2);
		expect(stderr.join('\n')).toContain('/proc/nowhere/found: scenarios cannot be written');
	});

	test('that cannot be saved any more is told all the same, as one object', async () => {
		const saved = join(folder, 'found');
		const machines = () => {
			rmSync(saved, { recursive: true });
			return forgetful.machines?.() ?? createTables();
		};
		expect(await check(['blocks', '--json', '--save', saved], { machines })).toBe(2);
		expect(stdout).toHaveLength(1);
		expect(CheckEvidence.parse(JSON.parse(stdout[0] ?? '')).verdict).toBe('violated');
		expect(stderr).toEqual([expect.stringContaining('scenarios cannot be written: ENOENT')]);
	});

	test('is saved as scenarios, which load and are never written over', async () => {
		const saved = join(folder, 'found');
		expect(await check(['blocks', '--save', saved], forgetful)).toBe(1);
		const files = readdirSync(saved).sort();
		expect(files).toEqual([
			'blocks-deadlock-nothing-is-left-for-ever.yml',
			'blocks-l1-promised-restart.yml',
		]);
		for (const file of files) {
			expect(stderr.join('\n')).toContain(`saved ${join(saved, file)}`);
			const load = loadScenario(join(saved, file));
			expect(load).toMatchObject({ kind: 'loaded', scenario: { shows: ['L1'] } });
		}
		const [first = ''] = files;
		writeFileSync(join(saved, first), 'mine');
		expect(await check(['blocks', '--save', saved], forgetful)).toBe(1);
		expect(readFileSync(join(saved, first), 'utf8')).toBe('mine');
		expect(stderr.join('\n')).toContain(
			`${join(saved, first)} is there already and stays as it is`,
		);
	});
});

describe('bad input exits 2, with what to do:', () => {
	test('a name that no configuration has, with those that there are and what they cover', async () => {
		expect(await check(['nowhere', 'blocks'])).toBe(2);
		expect(stdout).toEqual([]);
		expect(stderr[0]).toBe('mulligan: there is no configuration "nowhere"; known are:');
		for (const { name, covers } of configurations)
			expect(stderr).toContainEqual(
				expect.stringMatching(new RegExp(`^mulligan:   ${name} +${covers}$`)),
			);
	});

	test.each([
		['a size that is none', ['--memory', 'lots'], 'such as 512M or 8G'],
		['no room at all', ['--memory', '12'], 'at least 1M'],
		['no worker', ['--workers', '0'], 'a whole number from 1 to 64'],
		['too many workers', ['--workers', '65'], 'a whole number from 1 to 64'],
		['half a worker', ['--workers', '1.5'], 'a whole number from 1 to 64'],
		['two reductions', ['--symmetry', '--bitstate'], 'do not go together'],
		['an unknown profile', ['--profile', 'slow'], 'quick, standard, deep'],
	])('%s', async (_, args, said) => {
		expect(await check(['merge-queue', ...args])).toBe(2);
		expect(stderr.join('')).toContain(said);
	});

	test('a folder in which nothing can be saved, before any work', async () => {
		const file = join(folder, 'file');
		writeFileSync(file, '');
		expect(await check(['--save', join(file, 'found')])).toBe(2);
		expect(stderr.join('\n')).toMatch(
			/scenarios cannot be written: .*(ENOT|EEXIST)DIR.*\(name a folder/,
		);
	});
});

test('threads are as many as cores, and no more than may be asked for', () => {
	expect(usualWorkers(8)).toBe(8);
	expect(usualWorkers(128)).toBe(64);
});

test('its help names every configuration', async () => {
	expect(await check(['--help'])).toBe(0);
	for (const { name, covers } of configurations) {
		expect(stdout.join('')).toContain(`\n  ${name} `);
		expect(stdout.join('').replaceAll(/\s+/g, ' ')).toContain(` ${name} ${covers}`);
	}
});

test('sizes are numbers of bytes, or have a unit', () => {
	expect(
		['8G', '512M', '1.5g', '2048K', '1048576', '1MiB'].map((typed) => byteSize(typed).bytes),
	).toEqual([8 * 2 ** 30, 2 ** 29, 1.5 * 2 ** 30, 2 ** 21, 2 ** 20, 2 ** 20]);
	for (const wrong of ['', 'G', '-1G', '1e9', '8 G B', '8X', '0', '99999999T'])
		expect(() => byteSize(wrong), wrong).toThrow('expected a size');
});

test('the fate of a story is said from its first event to its last', () => {
	const story = { events: 9, loop: null };
	expect(fateLines({ ...story, unavoidable: null })).toEqual([]);
	expect(fateLines({ ...story, unavoidable: 0 })).toEqual(['it cannot be avoided']);
	expect(fateLines({ ...story, unavoidable: 4 })).toEqual([
		'it could not be avoided after event 4',
	]);
	expect(fateLines({ ...story, unavoidable: 9, loop: [] })).toEqual([
		'it could be avoided until the last event',
		'then nothing happens any more',
	]);
});
