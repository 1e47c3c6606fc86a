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
const scenario: Scenario = {
	name: 'a flaky command',
	about: 'It fails once.',
	shows: ['S2', 'S11'],
	breaks: [],
	story: { setup: SETUP, events: [...BEGIN, ...FAIL] },
	checks: [
		{ after: BEGIN.length, expectation: { tasks: { t1: { status: 'started' } } }, place },
		{ after: BEGIN.length + FAIL.length, expectation: { quota_used: 1 }, place },
	],
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

test('an event that is not possible when its turn comes is told with its place', async () => {
	const events: Event[] = [{ kind: 'agent-returns', host: 'h1' }, ...scenario.story.events];
	const checks = scenario.checks.map((check) => ({ ...check, after: Number(check.after) + 1 }));
	const { mismatches } = await runScenario(systems, {
		...scenario,
		checks,
		story: { setup: SETUP, events },
	});
	expect(mismatches).toEqual(['event 1 (agent-returns) is not possible when its turn comes']);
});

test.each([
	[0, BEGIN.length, 'status is started, expected success'],
	[1, BEGIN.length + FAIL.length, 'status is undispatched, expected success'],
])('expectation %i that is not met is told with its place in the file', async (at, _, said) => {
	const wrong = { tasks: { t1: { status: 'success' as const } } };
	const checks = scenario.checks.map((check, index) =>
		index === at ? { ...check, expectation: wrong } : check,
	);
	const { mismatches } = await runScenario(systems, { ...scenario, checks });
	expect(mismatches).toHaveLength(1);
	expect(mismatches[0]).toContain(`story.yml:3:5: task t1: ${said}`);
});

test('a guarantee that is claimed to show and was never exercised is told', async () => {
	const { mismatches } = await runScenario(systems, { ...scenario, shows: ['S2', 'S6'] });
	expect(mismatches).toEqual(['the scenario claims to show S6, which was never exercised in it']);
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
	expect(mismatches).toEqual(['the scenario says that S8 is broken, but it is not']);
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
	expect(mismatches.every((said) => said.endsWith('is broken, but it is not'))).toBe(true);
});

test('the end of the longest story is checked too', async () => {
	const events = Array.from({ length: STORY_LENGTH }, () => HOUR);
	const { mismatches } = await runScenario([model(createTables())], {
		...scenario,
		shows: [],
		story: { setup: SETUP, events },
		checks: [{ after: STORY_LENGTH, expectation: { hour: 1 }, place }],
	});
	expect(mismatches).toHaveLength(1);
	expect(mismatches[0]).toContain(`hour is ${STORY_LENGTH}, expected 1`);
});
