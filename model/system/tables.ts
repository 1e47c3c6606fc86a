import { Table } from '../checker/engine/machines/tabulate.ts';
import { machines, type Overrides } from '../machines/index.ts';
import { asEffect } from '../machines/signals.ts';

/** One table a machine, shared by all instances of it and by all stories. */
export function createTables(overrides: Overrides = {}) {
	const all = { ...machines, ...overrides };
	return {
		command: new Table(all.command, asEffect),
		block: new Table(all.block, asEffect),
		agent: new Table(all.agent, asEffect),
		call: new Table(all.call, asEffect),
		heartbeat: new Table(all.heartbeat, asEffect),
		'app-server': new Table(all['app-server'], asEffect),
		task: new Table(all.task, asEffect),
		unit: new Table(all.unit, asEffect),
		quota: new Table(all.quota, asEffect),
	};
}
export type MachineTables = ReturnType<typeof createTables>;

/** What the composition needs of the tables: a machine that answers, however it comes by its answers. */
export type Answering = {
	[Name in keyof MachineTables]: Pick<
		MachineTables[Name],
		'initial' | 'step' | 'context' | 'value'
	>;
};

/** How often a transition of a machine was taken. */
export interface TransitionCount {
	machine: string;
	source: string;
	event: string;
	guard: string | null;
	target: string | null;
	count: number;
}

/** Every transition of every machine, with how often it was taken. */
export function transitionCounts(tables: MachineTables): TransitionCount[] {
	return Object.entries(tables).flatMap(([machine, table]) => {
		const counts = table.counts();
		return table.transitions.map((name, place) => ({
			machine,
			...name,
			count: counts[place] ?? 0,
		}));
	});
}

/** How often each transition of each machine was taken, in the order of the machines' tables. */
export type Counts = readonly (readonly number[])[];

export const countsOf = (tables: MachineTables): Counts =>
	Object.values(tables).map((table) => table.counts());

/** Counts what other tables of the same machines took as taken by these. */
export function addCounts(tables: MachineTables, counts: Counts): void {
	for (const [place, table] of Object.values(tables).entries()) table.add(counts[place] ?? []);
}
