import { expect, it } from 'vitest';
import { agentMovesOn } from './agent-moves-on.ts';
import { calling, until } from './testing/flaky.ts';
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
