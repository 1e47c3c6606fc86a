import { Table } from '../checker/tabulate.ts';
import { machines } from '../machines/index.ts';
import { asEffect } from '../machines/signals.ts';

/** One table a machine, shared by all instances of it and by all stories. Some machines may be replaced, as by broken ones. */
export function createTables(replaced: Partial<typeof machines> = {}) {
	const used = { ...machines, ...replaced };
	return {
		command: new Table(used.command, asEffect),
		block: new Table(used.block, asEffect),
		agent: new Table(used.agent, asEffect),
		call: new Table(used.call, asEffect),
		heartbeat: new Table(used.heartbeat, asEffect),
		'app-server': new Table(used['app-server'], asEffect),
		task: new Table(used.task, asEffect),
		quota: new Table(used.quota, asEffect),
	};
}
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
