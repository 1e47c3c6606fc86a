import { expect } from 'vitest';
import {
	type AnyMachineSnapshot,
	type AnyStateMachine,
	type EventFrom,
	type InputFrom,
	initialTransition,
	transition,
} from 'xstate';
import type { ReadEffect, Table } from '../machines/tabulate.ts';

/** Walks table and machine together and compares each step. */
export function walkBoth<Machine extends AnyStateMachine, Said>(
	machine: Machine,
	table: Table<Machine, Said>,
	read: ReadEffect<Said>,
	input: InputFrom<Machine>,
	signals: readonly EventFrom<Machine>[],
): void {
	const same = (place: number, snapshot: AnyMachineSnapshot): void => {
		expect(table.value(place)).toEqual(snapshot.value);
		expect(table.context(place)).toEqual(snapshot.context);
	};
	let [snapshot] = initialTransition(machine, input);
	let id = table.initial(input);
	same(id, snapshot);
	for (const signal of signals) {
		const [next, actions] = transition(machine, snapshot, signal);
		const row = table.step(id, signal);
		same(row.next, next);
		expect(row.effects).toEqual(actions.map(({ type, params }) => read({ type, params })));
		snapshot = next;
		id = row.next;
	}
}
