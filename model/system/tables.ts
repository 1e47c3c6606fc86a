import { Table } from '../checker/tabulate.ts';
import { machines } from '../machines/index.ts';
import { asEffect } from '../machines/signals.ts';

/** One table a machine, shared by all instances of it and by all stories. */
export const createTables = () => ({
	command: new Table(machines.command, asEffect),
	block: new Table(machines.block, asEffect),
	agent: new Table(machines.agent, asEffect),
	call: new Table(machines.call, asEffect),
	heartbeat: new Table(machines.heartbeat, asEffect),
	'app-server': new Table(machines['app-server'], asEffect),
	task: new Table(machines.task, asEffect),
	quota: new Table(machines.quota, asEffect),
});
export type Tables = ReturnType<typeof createTables>;

/** What the composition needs of the tables: a machine that answers, however it comes by its answers. */
export type Answering = {
	[Name in keyof Tables]: Pick<Tables[Name], 'initial' | 'step' | 'context' | 'value'>;
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
export function transitionCounts(tables: Tables): TransitionCount[] {
	return Object.entries(tables).flatMap(([machine, table]) => {
		const counts = table.counts();
		return table.transitions.map((name, place) => ({
			machine,
			...name,
			count: counts[place] ?? 0,
		}));
	});
}
