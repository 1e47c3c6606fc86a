import { expect, test } from 'vitest';
import { createTables } from '../../model/system/tables.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import { STORY_LENGTH } from '../../model/vocabulary/stories/story.ts';
import type { Scenario } from '../../scenarios/format/load.ts';
import { model } from '../systems/model.ts';
import { reference } from '../systems/reference.ts';
import { BEGIN, FAIL, SETUP } from '../testing/stories.ts';
import { withoutHistory } from '../testing/tampered.ts';
import { runScenario } from './run-scenario.ts';
import type { Step } from './trial.ts';

const systems = [model(createTables()), reference()];
const place = { file: 'story.yml', line: 3, column: 5 };
/** Each key a line further down. */
const placeOf = (path: readonly PropertyKey[]) => ({ ...place, line: place.line + path.length });
const scenario: Scenario = {
	name: 'a flaky command',
	about: 'It fails once.',
	shows: ['S2', 'S11'],
	breaks: [],
	story: { setup: SETUP, events: [...BEGIN, ...FAIL] },
	places: [...BEGIN, ...FAIL].map((_, at) => ({ ...place, line: 100 + at })),
	checks: [
		{
			after: BEGIN.length,
			expectation: { tasks: { t1: { status: 'started' } } },
			place,
			path: ['events', 9, 'expect'],
		},
		{ after: BEGIN.length + FAIL.length, expectation: { quota_used: 1 }, place, path: ['expect'] },
	],
	placeOf,
};
const HOUR: Event = { kind: 'hours-pass', hours: 1 };

test('a scenario that goes as it says has no mismatches', async () => {
	const { result, mismatches } = await runScenario(systems, scenario);
	expect(mismatches).toEqual([]);
	expect(result).toMatchObject({ finding: null, rested: true, events: scenario.story.events });
});

test('its steps can be watched', async () => {
	const steps: Step[] = [];
	const { result } = await runScenario(systems, scenario, (step) => steps.push(step));
	expect(steps).toHaveLength(result.steps);
});

test('an event that is not possible ends the story, and is told with its line, why not and what is', async () => {
	const events: Event[] = [...BEGIN, { kind: 'agent-returns', host: 'h1' }, ...FAIL];
	const run = await runScenario(systems, { ...scenario, story: { setup: SETUP, events } });
	expect(run.result).toMatchObject({ events: BEGIN, rested: false });
	expect(run.mismatches).toEqual([
		{
			...{ file: 'story.yml', line: 100 + BEGIN.length, column: 5, after: BEGIN.length },
			message:
				'"a new agent starts on h1" is not possible here, and the story ends: only while the agent is dead, and its host is there',
			remedy: expect.stringMatching(
				/^possible here: succeeds: t1, fails: t1, .*, command-ends: succeeded, .*, heartbeat-sent, .*; and faults: agent-dies, /,
			),
		},
	]);
});

test('what is possible is told as lines that can be written, the same kind first', async () => {
	const reply: Event = { kind: 'message-delivered', message: { leg: 'reply', route: 'next' } };
	const { mismatches } = await runScenario(systems, {
		...scenario,
		story: { setup: SETUP, events: [...BEGIN.slice(0, 1), reply] },
	});
	expect(mismatches.map(({ remedy }) => remedy)).toEqual([
		expect.stringMatching(
			/^possible here: begins: t1, lost: h1, message-delivered: request next, /,
		),
	]);
});

test.each([
	[0, BEGIN.length, 'started', 6],
	[1, BEGIN.length + FAIL.length, 'undispatched', 4],
])(
	'expectation %i that is not met is told with its place in the file',
	async (at, after, was, depth) => {
		const wrong = { tasks: { t1: { status: 'success' as const } } };
		const checks = scenario.checks.map((check, index) =>
			index === at ? { ...check, expectation: wrong } : check,
		);
		const { mismatches } = await runScenario(systems, { ...scenario, checks });
		expect(mismatches).toEqual([
			{
				...{ file: 'story.yml', line: 3 + depth, column: 5, after },
				message: `task t1: status: expected success, was ${was}`,
				remedy: 'correct the story or the expectation',
				unmet: { label: 'task t1: status', expected: 'success', was },
			},
		]);
	},
);

test('a guarantee that is claimed to show and was never exercised is told', async () => {
	const { mismatches } = await runScenario(systems, { ...scenario, shows: ['S2', 'S6'] });
	expect(mismatches).toMatchObject([
		{
			...{ line: 5, after: null },
			message: 'it claims to show S6, which was never put to the test',
			remedy: expect.stringMatching(/^put to the test: (S\d+, )+.*L1/),
		},
	]);
});

test('what was found wrong with a system is not blamed on what the scenario claims', async () => {
	const { result, mismatches } = await runScenario([withoutHistory('forgetful')], {
		...scenario,
		shows: ['S6'],
	});
	expect(result.finding).toMatchObject({ kind: 'violated', guarantee: 'S11' });
	expect(mismatches).toEqual([]);
});

test('a guarantee that is said to be broken and is not is told', async () => {
	const { result, mismatches } = await runScenario(systems, { ...scenario, breaks: ['S8'] });
	expect(mismatches).toMatchObject([
		{ line: 5, message: 'it says that S8 is broken, but it is not' },
	]);
	expect(result).toMatchObject({ finding: null, broken: [] });
});

test('a guarantee that is broken as the scenario says is no finding, and is told with its event', async () => {
	const { result, mismatches } = await runScenario([withoutHistory('forgetful')], {
		...scenario,
		shows: ['S11'],
		breaks: ['S11', 'S18', 'S17', 'S19', 'S2', 'S7', 'S13'],
	});
	expect(result.finding).toBeNull();
	expect(result.broken.find(({ guarantee }) => guarantee === 'S11')?.index).toBe(8);
	expect(mismatches.every(({ message }) => message.endsWith('is broken, but it is not'))).toBe(
		true,
	);
});

test('a word that is not possible ends the story after its last event, and is told with its line', async () => {
	const ends = { ...place, message: 'not possible here', remedy: 'possible here: others' };
	const { result, mismatches } = await runScenario(systems, { ...scenario, checks: [], ends });
	expect(mismatches).toEqual([{ ...ends, after: scenario.story.events.length }]);
	expect(result.rested).toBe(false);
});

test('what is expected finally is looked at when all has come to rest', async () => {
	const finally_ = (status: 'started' | 'success') => ({
		...scenario,
		checks: [
			...scenario.checks,
			{
				after: 'rest' as const,
				expectation: { tasks: { t1: { status } } },
				place,
				path: ['finally'],
			},
		],
	});
	expect((await runScenario(systems, finally_('success'))).mismatches).toEqual([]);
	expect((await runScenario(systems, finally_('started'))).mismatches).toMatchObject([
		{ after: null, message: 'task t1: status: expected started, was success' },
	]);
});

test('the end of the longest story is checked too', async () => {
	const events = Array.from({ length: STORY_LENGTH }, () => HOUR);
	const { mismatches } = await runScenario([model(createTables())], {
		...scenario,
		shows: [],
		story: { setup: SETUP, events },
		checks: [{ after: STORY_LENGTH, expectation: { hour: 1 }, place, path: ['expect'] }],
	});
	expect(mismatches).toHaveLength(1);
	expect(mismatches[0]?.message).toBe(`hour: expected 1, was ${STORY_LENGTH}`);
});

test('what is expected after all has come to rest is told there, and not before', async () => {
	const checks = (execution: number): Scenario['checks'] => [
		{ after: 'rest', expectation: { tasks: { t1: { execution } } }, place, path: ['finally'] },
	];
	const story = { setup: SETUP, events: [...BEGIN, ...FAIL] };
	expect(
		(await runScenario(systems, { ...scenario, story, checks: checks(1) })).mismatches,
	).toEqual([]);
	const { result, mismatches } = await runScenario(systems, {
		...scenario,
		story,
		checks: checks(0),
	});
	expect(result.steps).toBeGreaterThan(story.events.length);
	expect(mismatches).toMatchObject([{ after: null, unmet: { expected: '0', was: '1' } }]);
});
