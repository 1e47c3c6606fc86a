import type { StateValue } from 'xstate';
import type { Row, TransitionName } from '../checker/engine/machines/tabulate.ts';
import type { Effect } from '../machines/signals.ts';
import type { Answering, MachineTables } from './tables.ts';

/** What a machine did on one signal. Snapshots are the numbers of its table. */
export interface MachineStep {
	readonly machine: keyof MachineTables;
	readonly from: number;
	readonly next: number;
	readonly signal: string;
	/** None: it did not listen. */
	readonly taken: readonly TransitionName[];
	readonly effects: readonly Effect[];
}

interface Table<Input, Signal, Context> {
	readonly transitions: readonly TransitionName[];
	initial(input: Input): number;
	step(id: number, signal: Signal): Row<Effect>;
	context(id: number): Context;
	value(id: number): StateValue;
}

/** Tables that tell each step that is asked of them. */
export function recorded(tables: MachineTables, note: (step: MachineStep) => void): Answering {
	const tell = <Input, Signal extends { readonly type: string }, Context>(
		machine: MachineStep['machine'],
		table: Table<Input, Signal, Context>,
	) => ({
		initial: (input: Input) => table.initial(input),
		step: (from: number, signal: Signal) => {
			const row = table.step(from, signal);
			const { next, effects } = row;
			const taken = row.taken.flatMap((place) => table.transitions[place] ?? []);
			note({ machine, from, next, signal: signal.type, taken, effects });
			return row;
		},
		context: (id: number) => table.context(id),
		value: (id: number) => table.value(id),
	});
	return {
		command: tell('command', tables.command),
		block: tell('block', tables.block),
		agent: tell('agent', tables.agent),
		call: tell('call', tables.call),
		heartbeat: tell('heartbeat', tables.heartbeat),
		'app-server': tell('app-server', tables['app-server']),
		task: tell('task', tables.task),
		unit: tell('unit', tables.unit),
		quota: tell('quota', tables.quota),
	};
}
