import { expect, test } from 'vitest';
import { createActor } from 'xstate';
import { heededOf, Policy } from '../vocabulary/setup.ts';
import { quotaMachine } from './quota.ts';

const started = (limit: number) => {
	const policy = heededOf(Policy.parse({ daily_limit: limit }));
	const actor = createActor(quotaMachine, { input: { policy } });
	actor.start();
	return actor;
};

test('a unit gives back the slot that it took last', () => {
	const quota = started(3);
	quota.send({ type: 'TAKE', unit: 0, task: 5 });
	quota.send({ type: 'MINUTES', minutes: 600 });
	quota.send({ type: 'TAKE', unit: 1, task: 5 });
	quota.send({ type: 'TAKE', unit: 0, task: 5 });
	quota.send({ type: 'GIVE_BACK', unit: 0 });
	expect(quota.getSnapshot().context.slots).toEqual([
		{ unit: 0, age: 600 },
		{ unit: 1, age: 0 },
	]);
});

test('a slot is in use for less than 24 hours', () => {
	const quota = started(1);
	quota.send({ type: 'TAKE', unit: 0, task: 5 });
	quota.send({ type: 'MINUTES', minutes: 1380 });
	expect(quota.getSnapshot().context.slots).toHaveLength(1);
	quota.send({ type: 'MINUTES', minutes: 60 });
	expect(quota.getSnapshot().context.slots).toEqual([]);
});

test('no more slots are taken than the limit, and a limit of 0 is none', () => {
	const [limited, unlimited] = [started(1), started(0)];
	for (const quota of [limited, unlimited])
		for (const unit of [0, 1, 2]) quota.send({ type: 'TAKE', unit, task: 5 });
	expect(limited.getSnapshot().context.slots).toHaveLength(1);
	expect(unlimited.getSnapshot().context.slots).toHaveLength(3);
});
