import { describe, expect, test } from 'vitest';
import type { Evidence } from '../evidence/evidence.ts';
import type { FlagRun } from '../evidence/flag-evidence.ts';
import { junit } from '../junit.ts';
import { summary } from '../summary.ts';
import { evidenceOf, sourceOf } from '../testing/evidence.ts';
import { isRun, restarts, waysOf } from './flag-ways.ts';
import { leftOut, nothingToTry, sayTried } from './tried.ts';
import { judgeVerification } from './verification.ts';

const MAIN: FlagRun = {
	...{ block: 'main', among: 'alone', can_fail: true, background: false },
	told: { fails: 2, 'fails, then aborted': 1, 'times out': 1, aborted: 1 },
	story: null,
};
const IDLE: FlagRun = {
	...{ block: 'post', among: 'alone', can_fail: false, background: false },
	told: { fails: 1, 'times out': 1, aborted: 1 },
	story: null,
};

/** What is not asked here. */
const UNSAID = { verdict: null, price: null } as const;

type Project = NonNullable<Evidence['project']>;

const projectOf = (trial: Partial<NonNullable<Project['trial']>>): Project => ({
	...{ file: 'p.yml', tasks: 395, task_instances: 400, flagged_tasks: 1 },
	...{ digest: '0123456789abcdef', warnings: [], counts: null },
	trial: {
		on_variants: 400,
		flags: [{ ...UNSAID, at: 'p.yml:1:2', runs: [MAIN] }],
		left_out: [],
		...trial,
	},
});

const short: FlagRun = { ...MAIN, told: { ...MAIN.told, aborted: 0, 'times out': 0 } };
const without = Array.from({ length: 18 }, (_, place) => ({ task: `t${place}`, flagged: false }));

describe('what was tried is said', () => {
	test.each([
		['all', {}, '1 of 1 flagged command, 395 of 395 tasks'],
		['tasks left out', { left_out: without }, '1 of 1 flagged command, 377 of 395 tasks'],
		[
			'a command left out, and one that never runs',
			{
				flags: [
					{ ...UNSAID, at: 'a', runs: [MAIN, IDLE] },
					{ ...UNSAID, at: 'b', runs: [MAIN, short] },
					{ ...UNSAID, at: 'c', runs: [] },
				],
			},
			'1 of 2 flagged commands, 395 of 395 tasks, 1 flagged command more that never runs',
		],
	])('%s', (_, trial, said) => {
		expect(sayTried(projectOf(trial))).toBe(said);
	});

	test('in no file of before', () => {
		expect(sayTried({ tasks: 3, trial: null })).toBeNull();
		expect(nothingToTry({ ...projectOf({}), trial: null })).toBeNull();
		expect(leftOut({ ...projectOf({}), trial: null })).toEqual([]);
	});
});

test('a flagged command that was not tried in each way, and a task with one, leave the verdict unknown', () => {
	const project = projectOf({
		flags: [{ ...UNSAID, at: 'p.yml:1:2', runs: [short] }],
		left_out: [{ task: 'a', flagged: true }, ...without],
	});
	const sources = [sourceOf({ name: 'corpus' }), sourceOf({ name: 'p.yml' })];
	const judged = judgeVerification({ ...evidenceOf(), project, sources });
	expect(judged.verdict).toBe('unknown');
	expect(judged.reasons).toEqual([
		{
			id: 'left-out',
			says: '1 flagged command not tried in each way, first p.yml:1:2: times out in main; aborted in main',
		},
		{ id: 'left-out', says: '1 task with a flagged command not tried, first a' },
	]);
	const held = judgeVerification({ ...evidenceOf(), project: projectOf({}), sources });
	expect(held).toMatchObject({ verdict: 'holds', reasons: [] });
	const part = judgeVerification({ ...evidenceOf(), project, sources, shard: { index: 1, of: 2 } });
	expect(part.reasons.map(({ id }) => id)).toEqual(['part']);
});

test('a flag of which nothing restarts a task is nothing to try', () => {
	expect(
		nothingToTry(projectOf({ flags: [{ ...UNSAID, at: 'a', runs: [IDLE] }] }))?.says,
	).toContain('nothing to try: the flag of p.yml is idle');
	expect(
		nothingToTry(projectOf({ flags: [{ ...UNSAID, at: 'a', runs: [IDLE, MAIN] }] })),
	).toBeNull();
	const background = { ...UNSAID, verdict: 'idle' as const, at: 'a', runs: [MAIN] };
	expect(nothingToTry(projectOf({ flags: [background] }))?.id).toBe('nothing-to-try');
});

test('in the set-up a time-out restarts, whatever the switch, and what cannot fail a task is no run of it', () => {
	const pre = { ...IDLE, block: 'pre' } as const;
	expect(waysOf(pre).filter((way) => restarts(pre, way))).toEqual(['times out']);
	expect(waysOf(IDLE).filter((way) => restarts(IDLE, way))).toEqual([]);
	expect([MAIN, IDLE, pre].map(isRun)).toEqual([true, true, true]);
	for (const wrong of [
		{ ...MAIN, can_fail: false },
		{ ...IDLE, among: 'group' as const },
		{ ...IDLE, block: 'timeout' as const, can_fail: true },
		{ ...IDLE, block: 'setup_group' as const },
		{ ...IDLE, background: true },
	])
		expect(isRun(wrong)).toBe(false);
});

test('summary and JUnit say it, command by command', () => {
	const project = projectOf({
		flags: [
			{ ...UNSAID, at: 'p.yml:1:2', runs: [MAIN] },
			{ ...UNSAID, at: 'p.yml:3:4', runs: [short] },
			{ ...UNSAID, at: 'p.yml:5:6', runs: [] },
		],
	});
	const evidence = evidenceOf({ project });
	expect(summary(evidence)).toContain('1 of 2 flagged commands, 395 of 395 tasks');
	const cases = junit(evidence)
		.split('\n')
		.filter((line) => line.includes('mulligan.flags'));
	expect(cases).toHaveLength(2);
	expect(cases[0]).toContain('name="flagged command p.yml:1:2"/>');
	expect(cases[1]).toContain('not tried: times out in main; aborted in main');
});
