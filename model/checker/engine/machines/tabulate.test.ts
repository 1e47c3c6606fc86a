import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { type AnyStateMachine, assign, fromPromise, raise, setup } from 'xstate';
import { walkBoth } from '../testing/walk-both.ts';
import { ImpureMachineError, type ReadEffect, Table } from './tabulate.ts';

/** A door that counts how often it was opened, tells so, and jams at the third time. */
const door = setup({
	types: {
		context: {} as { opened: number; most: number },
		events: {} as { type: 'OPEN'; by: string } | { type: 'SHUT' },
		input: {} as { most: number },
	},
	actions: { say: (_: unknown, _said: { opened: number }): void => {} },
	guards: { jammed: ({ context }) => context.opened >= context.most },
}).createMachine({
	id: 'door',
	context: ({ input }) => ({ opened: 0, most: input.most }),
	initial: 'shut',
	states: {
		shut: {
			on: {
				OPEN: [
					{ guard: 'jammed' },
					{
						target: 'open',
						actions: [
							assign({ opened: ({ context }) => context.opened + 1 }),
							{ type: 'say', params: ({ context }) => ({ opened: context.opened }) },
						],
					},
				],
			},
		},
		open: { on: { SHUT: 'shut' } },
	},
});
const readDoor: ReadEffect<unknown> = ({ type, params }) => (type === 'say' ? params : null);
const OPEN = { type: 'OPEN', by: 'me' } as const;
const SHUT = { type: 'SHUT' } as const;

describe('a table answers as XState does', () => {
	const walks = <Signal>(signal: fc.Arbitrary<Signal>): fc.Arbitrary<Signal[]> =>
		fc.array(signal, { minLength: 5, maxLength: 30, size: 'max' });

	test('for a machine with input', () => {
		const table = new Table(door, readDoor);
		fc.assert(
			fc.property(fc.nat(3), walks(fc.constantFrom(OPEN, SHUT)), (most, signals) =>
				walkBoth(door, table, readDoor, { most }, signals),
			),
			{ numRuns: 40 },
		);
	});
});

describe('a table', () => {
	let table: Table<typeof door, unknown>;
	beforeEach(() => {
		table = new Table(door, readDoor);
	});

	test('asks once for each snapshot and signal, and counts how often it was asked', () => {
		const shut = table.initial({ most: 3 });
		const row = table.step(shut, OPEN);
		expect(row).toMatchObject({ effects: [{ opened: 1 }], uses: 1 });
		expect(table.step(shut, { ...OPEN })).toBe(row);
		expect(row.uses).toBe(2);
		expect(table.step(shut, { ...OPEN, by: 'you' })).not.toBe(row);
	});

	test('knows a frozen signal again, and counts it no differently', () => {
		const shut = table.initial({ most: 3 });
		const frozen = Object.freeze({ ...OPEN });
		const row = table.step(shut, frozen);
		expect(table.step(shut, frozen)).toBe(row);
		expect(table.step(shut, { ...OPEN })).toBe(row);
		expect(row.uses).toBe(3);
		expect(table.counts()).toEqual([0, 3, 0]);
	});

	test('hands out effects that nobody can change', () => {
		const [said] = table.step(table.initial({ most: 3 }), OPEN).effects;
		expect(Object.isFrozen(said)).toBe(true);
	});

	test('gives the same snapshot the same number, and each input its own', () => {
		const shut = table.initial({ most: 3 });
		expect(table.initial({ most: 3 })).toBe(shut);
		expect(table.initial({ most: 4 })).not.toBe(shut);
		expect(table.step(shut, SHUT)).toMatchObject({ next: shut, effects: [], taken: [] });
		expect(table.size).toBe(2);
	});

	test('names the transitions, and counts how often each is taken', () => {
		expect(table.transitions).toEqual([
			{ source: 'door.shut', event: 'OPEN', guard: 'jammed', target: null },
			{ source: 'door.shut', event: 'OPEN', guard: null, target: 'door.open' },
			{ source: 'door.open', event: 'SHUT', guard: null, target: 'door.shut' },
		]);
		expect(table.counts()).toEqual([0, 0, 0]);
		let id = table.initial({ most: 1 });
		for (const signal of [OPEN, SHUT, OPEN, OPEN]) id = table.step(id, signal).next;
		expect(table.counts()).toEqual([2, 1, 1]);
	});

	test('keeps its counts and nothing else when it starts again', () => {
		const id = table.initial({ most: 1 });
		table.step(id, OPEN);
		table.step(id, OPEN);
		table.startAgain();
		expect(table.size).toBe(0);
		expect(table.counts()).toEqual([0, 2, 0]);
		expect(() => table.value(id)).toThrow(RangeError);
		table.step(table.initial({ most: 1 }), OPEN);
		expect(table.counts()).toEqual([0, 3, 0]);
		table.startAgain();
		expect(table.counts()).toEqual([0, 3, 0]);
	});

	test('says when it is full, and answers on', () => {
		const small = new Table(door, readDoor, 2);
		const shut = small.initial({ most: 9 });
		const open = small.step(shut, OPEN).next;
		expect(small.full).toBe(false);
		const again = small.step(open, SHUT).next;
		expect(small.full).toBe(true);
		expect(small.value(small.step(again, OPEN).next)).toBe('open');
		small.startAgain();
		expect(small.full).toBe(false);
	});

	test.each(['value', 'context'] as const)(
		'knows no %s of a snapshot that is not its own',
		(of) => {
			expect(() => table[of](7)).toThrow('no snapshot 7 of door');
		},
	);
});

describe('a machine that is not pure is refused', () => {
	const nothing: ReadEffect<unknown> = () => null;
	const all: ReadEffect<unknown> = ({ type }) => type;
	/** What comes of tabulating a machine and telling it GO. */
	const tabulate = (machine: AnyStateMachine, read = nothing) => {
		const table = new Table(machine, read);
		return table.step(table.initial(undefined), { type: 'GO' });
	};

	test('because it waits by itself', () => {
		const machine = setup({}).createMachine({
			id: 'timer',
			initial: 'a',
			states: { a: { after: { 1000: 'b' } }, b: {} },
		});
		expect(() => new Table(machine, all)).toThrow(ImpureMachineError);
		expect(() => new Table(machine, all)).toThrow('timer.a waits by itself');
	});

	test('because it moves on without a signal', () => {
		const machine = setup({}).createMachine({
			id: 'hasty',
			initial: 'a',
			states: { a: { on: { GO: 'b' } }, b: { always: 'a' } },
		});
		expect(() => new Table(machine, all)).toThrow(ImpureMachineError);
		expect(() => new Table(machine, all)).toThrow('hasty.b moves on without a signal (always)');
	});

	test('because it moves on when a part of it is done', () => {
		const machine = setup({}).createMachine({
			id: 'chain',
			initial: 'a',
			states: {
				a: { initial: 'x', states: { x: { on: { GO: 'y' } }, y: { type: 'final' } }, onDone: 'b' },
				b: {},
			},
		});
		expect(() => new Table(machine, all)).toThrow(ImpureMachineError);
		expect(() => new Table(machine, all)).toThrow('chain.a moves on when a part of it is done');
	});

	test.each([
		[
			'in place',
			setup({}).createMachine({ id: 'echo', on: { GO: { actions: raise({ type: 'ON' }) } } }),
		],
		['at the entry', setup({}).createMachine({ id: 'echo', entry: raise({ type: 'ON' }) })],
		[
			'by name',
			setup({ actions: { shout: raise({ type: 'ON' }) } }).createMachine({
				id: 'echo',
				on: { GO: { actions: 'shout' } },
			}),
		],
	])('because it tells itself a signal, %s', (_, machine) => {
		expect(() => new Table(machine, all)).toThrow(ImpureMachineError);
		expect(() => new Table(machine, all)).toThrow('echo tells itself a signal (raise)');
	});

	test('because it invokes an actor, however deep', () => {
		const machine = setup({ actors: { work: fromPromise(async () => 1) } }).createMachine({
			id: 'boss',
			initial: 'a',
			states: { a: { initial: 'b', states: { b: { invoke: { src: 'work' } } } } },
		});
		expect(() => new Table(machine, all)).toThrow(ImpureMachineError);
		expect(() => new Table(machine, all)).toThrow('boss.a.b invokes an actor');
	});

	test('because an action is a function', () => {
		const machine = setup({}).createMachine({ id: 'doer', on: { GO: { actions: () => {} } } });
		expect(() => tabulate(machine)).toThrow(ImpureMachineError);
		expect(() => tabulate(machine)).toThrow(/doer runs ".*"; only actions that are data/);
	});

	test('because an action is none that can be read', () => {
		const machine = setup({ actions: { shout: () => {} } }).createMachine({
			id: 'shouter',
			on: { GO: { actions: 'shout' } },
		});
		expect(() => tabulate(machine)).toThrow('shouter runs "shout"');
		expect(tabulate(machine, all).effects).toEqual(['shout']);
	});

	test('because it sends a message of its own, whatever is made of it', () => {
		const machine = setup({}).createMachine({
			id: 'sender',
			on: { GO: { actions: ({ self }) => self.send({ type: 'GO' }) } },
		});
		expect(() => tabulate(machine)).toThrow(ImpureMachineError);
	});

	test('because it acts before it hears anything', () => {
		const machine = setup({ actions: { shout: () => {} } }).createMachine({
			id: 'early',
			entry: 'shout',
		});
		expect(() => tabulate(machine, all)).toThrow('early acts before it hears anything');
	});
});
