import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Event, type EventKind, KINDS } from '../vocabulary/events/event.ts';
import { candidates, isPossible } from '../vocabulary/events/possible.ts';
import { Observation } from '../vocabulary/observation.ts';
import { Setup } from '../vocabulary/setup.ts';
import { Model } from './model.ts';
import { createTables } from './tables.ts';

const tables = createTables();

const setupOfTasks = (requester: Setup['requester'], more: object = {}): Setup =>
	Setup.parse({
		project: {
			id: 'p',
			tasks: [
				{ name: 'a', commands: [{ command: 'x', background: true }, { func: 'f' }] },
				{ name: 'b', commands: [{ command: 'y', retry_on_failure: true }] },
			],
			functions: { f: [{ command: 'x', retry_on_failure: true }] },
			pre: [{ command: 'x' }],
			post: [{ command: 'x' }],
		},
		tasks: [
			{ id: 't1', task: 'a', variant: 'v' },
			{ id: 't2', task: 'b', variant: 'v' },
		],
		hosts: ['h1', 'h2'],
		requester,
		policy: { max_automatic_restarts: 2, call_attempts: 2 },
		...more,
	});

/** Display tasks, groups and dependents of it, and executions that are repaired. */
const shaped = (requester: Setup['requester']): Setup => {
	const usual = setupOfTasks(requester);
	const task_groups = [{ name: 'g', tasks: ['a', 'b'] }];
	return setupOfTasks(requester, {
		project: { ...usual.project, task_groups },
		tasks: [
			{ id: 't1', task: 'a', variant: 'v', group: 'g' },
			{ id: 't2', task: 'b', variant: 'v', group: 'g' },
			{ id: 't3', task: 'b', variant: 'v' },
			{ id: 't4', task: 'b', variant: 'v', depends_on: ['t3'] },
			{ id: 't5', task: 'b', variant: 'v', depends_on: ['t1'] },
			{ id: 't6', task: 'a', variant: 'v', activated: false },
		],
		display_tasks: [
			{ id: 'd1', execution_tasks: ['t1'] },
			{ id: 'd2', execution_tasks: ['t3', 't4'] },
		],
		policy: { ...usual.policy, restart_system_failed: true },
	});
};

/** Which kind is tried, and the numbers by which the values left open are picked. */
const choice = fc.record({
	kind: fc.oneof(
		fc.constantFrom<EventKind>('host-asks', 'message-delivered', 'command-ends'),
		fc.constantFrom(...KINDS),
	),
	// Not `fc.double`, most of whose numbers are next to 0.
	picks: fc.array(
		fc.noBias(fc.nat(9999)).map((drawn) => drawn / 10_000),
		{ minLength: 4, maxLength: 4 },
	),
});
const choices = fc.array(choice, { minLength: 40, maxLength: 80, size: 'max' });
const setups = fc.constantFrom(
	...(['gitter_request', 'github_merge_request'] as const).flatMap((requester) => [
		setupOfTasks(requester),
		shaped(requester),
		setupOfTasks(requester, { hosts: ['h1', 'h2', 'h3'], late_hosts: ['h3'] }),
	]),
);

test('every candidate is a possible and well-formed event, whatever was seen before', () => {
	const reached = new Set<EventKind>();
	fc.assert(
		fc.property(setups, choices, (setup, chosen) => {
			const running = new Model(setup, tables);
			for (const { kind, picks } of chosen) {
				let at = 0;
				const pick = (): number => picks[at++ % picks.length] ?? 0;
				const events = candidates(setup, running.seen, kind, pick);
				for (const event of events) {
					expect(event.kind).toBe(kind);
					expect(isPossible(setup, running.seen, event)).toBe(true);
					expect(Event.parse(event)).toEqual(event);
				}
				const event = events[Math.floor(pick() * events.length)];
				if (event === undefined) continue;
				reached.add(event.kind);
				running.apply(event);
			}
			Observation.parse(running.seen);
		}),
		{ seed: 2, numRuns: 240 },
	);
	expect([...reached].sort()).toEqual([...KINDS].sort());
});

test('a part of what is seen that did not change is the same object again', () => {
	const running = new Model(setupOfTasks('gitter_request'), tables);
	const before = running.seen;
	const after = running.apply({ kind: 'host-asks', host: 'h2' });
	expect(after).not.toBe(before);
	expect(after.tasks[0]).toBe(before.tasks[0]);
	expect(after.hosts[0]).toBe(before.hosts[0]);
	expect(after.hosts[1]).not.toBe(before.hosts[1]);
	expect(running.seen).toBe(after);
});
