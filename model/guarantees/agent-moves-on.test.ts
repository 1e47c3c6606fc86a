import { expect, it } from 'vitest';
import { agentMovesOn } from './agent-moves-on.ts';
import { calling, running, until } from './testing/flaky.ts';
import { halvesAt } from './testing/halves.ts';
import { delivered, host, judgeScenes, type Scene, setupToJudge } from './testing/seen.ts';

const setup = setupToJudge({ policy: { call_attempts: 2 } });
const gaveUp: Scene = [
	{ kind: 'call-abandoned', host: 'h' },
	host('h', { execution: null, doing: { kind: 'idle' } }),
];

it('holds when the agent is free after the answer to its end, or after giving up', () => {
	expect(judgeScenes(agentMovesOn, setup, until('idle'))).toMatchObject({
		broken: null,
		owed: null,
		exercised: 1,
	});
	expect(judgeScenes(agentMovesOn, setup, [...until('callsEnd'), gaveUp])).toMatchObject({
		broken: null,
		exercised: 1,
	});
});

it('is violated when the agent calls on', () => {
	const cases: [Scene[], string][] = [
		[[...until('restarted'), [delivered('reply', 'end')]], 'but it had its answer'],
		[[...until('callsEnd'), [{ kind: 'call-abandoned', host: 'h' }]], 'but it had given up'],
		[
			[
				...until('callsEnd'),
				[{ kind: 'call-retried', host: 'h' }, host('h', { doing: calling('end', 3) })],
			],
			'2 times at the most',
		],
		[
			[
				...until('callsEnd'),
				[{ kind: 'hours-pass', hours: 1 }, (before) => ({ ...before, minute: 60 })],
			],
			'an hour has passed',
		],
	];
	for (const [scenes, sentence] of cases)
		expect(judgeScenes(agentMovesOn, setup, scenes).broken).toContain(sentence);
});

it('is violated when the agent is not free afterwards', () => {
	const stuck: Scene = [delivered('reply', 'end'), host('h', { doing: { kind: 'idle' } })];
	expect(judgeScenes(agentMovesOn, setup, [...until('restarted'), stuck]).broken).toContain(
		'not free for the next task',
	);
});

it('owes an end to the call for it', () => {
	expect(judgeScenes(agentMovesOn, setup, until('callsEnd')).owed).toBe(
		'The agent on host "h" calls for the end of execution 0 of "a" for ever.',
	);
});

it('is put to the test by the answer, or by giving up, not by a death', () => {
	const halves = (...scenes: Scene[]) => halvesAt(agentMovesOn, setup, scenes);
	expect(halves(...until('idle'))).toEqual(['answered']);
	expect(halves(...until('callsEnd'), gaveUp)).toEqual(['gave-up']);
	const dies: Scene = [
		{ kind: 'agent-dies', host: 'h' },
		host('h', { agent: 'dead', execution: null, doing: { kind: 'idle' } }),
	];
	expect(halves(...until('callsEnd'), dies)).toEqual([]);
	expect(halves(...until('callsEnd'), [{ kind: 'monitor-runs' }, host('h', {})])).toEqual([]);
});

it('leaves alone an agent while another one gives up, and one that is dead', () => {
	const other: Scene = [{ kind: 'call-abandoned', host: 'g' }, host('h', {})];
	expect(judgeScenes(agentMovesOn, setup, [...until('callsEnd'), other]).broken).toBeNull();
	const dead: Scene = [{ kind: 'agent-dies', host: 'h' }, host('h', { agent: 'dead' })];
	expect(judgeScenes(agentMovesOn, setup, [...until('callsEnd'), dead]).owed).toBeNull();
});

it('is violated when the agent does something else than to ask for the next task', () => {
	const runs: Scene = [
		delivered('reply', 'end'),
		host('h', { execution: null, doing: running('teardown_group') }),
	];
	expect(judgeScenes(agentMovesOn, setup, [...until('restarted'), runs]).broken).toContain(
		'not free for the next task',
	);
});
