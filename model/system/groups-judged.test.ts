import fc from 'fast-check';
import { expect, test } from 'vitest';
import { guarantees } from '../guarantees/index.ts';
import { judging } from '../guarantees/judge.ts';
import { type EventKind, KINDS } from '../vocabulary/events/event.ts';
import { candidates } from '../vocabulary/events/possible.ts';
import { Block } from '../vocabulary/project.ts';
import { Setup } from '../vocabulary/setup.ts';
import { Model } from './model.ts';
import { createTables } from './tables.ts';

const tables = createTables();

/** The guarantees that read blocks and their switches. */
const READ_BLOCKS = ['S4', 'S14', 'S15', 'L1', 'L3', 'C1', 'C2', 'C3'];
const judges = guarantees.filter(({ id }) => READ_BLOCKS.includes(id));

const command = fc.record(
	{
		command: fc.constantFrom('x', 'y'),
		retry_on_failure: fc.boolean(),
		background: fc.boolean(),
		variants: fc.constantFrom(['v'], ['w']),
	},
	{ requiredKeys: ['command'] },
);
const call = fc.record({ func: fc.constant('f'), retry_on_failure: fc.boolean() });
const steps = fc.array(fc.oneof({ weight: 4, arbitrary: command }, call), { maxLength: 2 });
const group = fc.record(
	{
		name: fc.constant('g'),
		tasks: fc.constant(['a', 'b']),
		max_hosts: fc.constant(2),
		setup_group: steps,
		setup_task: steps,
		teardown_task: steps,
		teardown_group: steps,
		timeout: steps,
		setup_group_can_fail_task: fc.boolean(),
		setup_task_can_fail_task: fc.boolean(),
		teardown_task_can_fail_task: fc.boolean(),
	},
	{ requiredKeys: ['name', 'tasks', 'max_hosts'] },
);

/** Tasks of a group on two variants, and a plain one, on one host or two. */
const setups = fc
	.record({ group, main: steps, pre: steps, post: steps, hosts: fc.integer({ min: 1, max: 2 }) })
	.map(({ group, main, pre, post, hosts }) =>
		Setup.parse({
			project: {
				id: 'p',
				tasks: [
					{ name: 'a', commands: main },
					{ name: 'b', commands: [{ command: 'z', retry_on_failure: true }] },
				],
				functions: { f: [{ command: 'member', retry_on_failure: true }] },
				pre,
				post,
				timeout: pre,
				task_groups: [group],
			},
			tasks: [
				{ id: 't1', task: 'a', variant: 'v', group: 'g' },
				{ id: 't2', task: 'b', variant: 'v', group: 'g' },
				{ id: 't3', task: 'a', variant: 'w', group: 'g' },
				{ id: 't4', task: 'a', variant: 'w' },
			],
			hosts: ['h', 'i'].slice(0, hosts),
			policy: { max_automatic_restarts: 2, call_attempts: 2 },
		}),
	);

const OFTEN = fc.constantFrom<EventKind>('host-asks', 'message-delivered', 'command-ends');
const choices = fc.array(
	fc.record({
		kind: fc.oneof({ weight: 6, arbitrary: OFTEN }, fc.constantFrom(...KINDS)),
		picks: fc.array(
			fc.noBias(fc.nat(9999)).map((drawn) => drawn / 10_000),
			{ minLength: 4, maxLength: 4 },
		),
	}),
	{ minLength: 60, maxLength: 200, size: 'max' },
);

test('whatever happens to tasks of groups, what is promised of blocks holds', () => {
	const blocks = new Set<Block>();
	const exercised = new Set<string>();
	fc.assert(
		fc.property(setups, choices, (setup, chosen) => {
			const model = new Model(setup, tables);
			const judge = judging(setup, model.seen, judges);
			for (const { kind, picks } of chosen) {
				let at = 0;
				const pick = (): number => picks[at++ % picks.length] ?? 0;
				const events = candidates(setup, model.seen, kind, pick);
				const event = events[Math.floor(pick() * events.length)];
				if (event === undefined) continue;
				const before = model.seen;
				const after = model.apply(event);
				expect(judge.step({ setup, before, event, after })).toEqual([]);
				for (const { doing } of after.hosts)
					if (doing.kind === 'running') blocks.add(doing.position.block);
			}
			for (const verdict of judge.verdicts()) if (verdict.exercised > 0) exercised.add(verdict.id);
		}),
		{ seed: 1, numRuns: 300 },
	);
	expect([...blocks].sort()).toEqual([...Block.options].sort());
	expect([...exercised].sort()).toEqual([...READ_BLOCKS].sort());
});
