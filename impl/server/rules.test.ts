import { expect, test } from 'vitest';
import { heededOf } from '../../model/vocabulary/setup.ts';
import { ServerFixture } from '../testing/server-fixture.ts';
import { setupOf } from '../testing/setups.ts';
import { RULES } from './rules.ts';

test('a heartbeat is stale when it is seven minutes old, not a moment before', async () => {
	const fixture = await ServerFixture.started();
	expect(RULES.isStale(fixture.task(), 420_000 - 1)).toBe(false);
	expect(RULES.isStale(fixture.task(), 420_000)).toBe(true);
});

test('the cap counts executions from zero and the budget counts restarts', async () => {
	const task = (await ServerFixture.started()).task();
	const policy = heededOf(setupOf({}, { execution_cap: 9, max_automatic_restarts: 2 }).policy);
	expect(RULES.isAtCap({ ...task, execution: 8 }, policy)).toBe(false);
	expect(RULES.isAtCap({ ...task, execution: 9 }, policy)).toBe(true);
	expect(RULES.isBudgetSpent({ ...task, automatic_restarts: 1 }, policy, task)).toBe(false);
	expect(RULES.isBudgetSpent({ ...task, automatic_restarts: 2 }, policy, task)).toBe(true);
});
