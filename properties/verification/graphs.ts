import type { AnyStateNode } from 'xstate';
import { variantOf } from '../../model/designs/index.ts';
import { machines } from '../../model/machines/index.ts';
import { type MachineTables, transitionCounts } from '../../model/system/tables.ts';
import { tablesOf } from '../../model/system/tables-by-design.ts';
import { Design } from '../../model/vocabulary/design.ts';
import type { DesignGraph, MachineGraph } from '../../reports/evidence/machine-graph.ts';

function* statesOf(node: AnyStateNode): Generator<MachineGraph['states'][number]> {
	for (const child of Object.values(node.states)) {
		yield {
			id: child.id,
			name: child.key,
			parent: node.parent === undefined ? null : node.id,
			initial: node.initial?.target[0]?.id === child.id,
		};
		yield* statesOf(child);
	}
}

/** Each machine of a design as a graph, with how often each transition was taken since its table was made. */
export function graphsOf(tables: MachineTables, design: Design = 'flag'): MachineGraph[] {
	const counts = transitionCounts(tables);
	return Object.entries({ ...machines, ...variantOf({ design }).machines }).map(
		([name, machine]) => ({
			machine: name,
			states: [...statesOf(machine.root)],
			transitions: counts
				.filter((one) => one.machine === name)
				.map(({ source, target, event, guard, count }) => ({
					source,
					target,
					event,
					guard,
					count,
				})),
		}),
	);
}

/** The machines of the usual design, and of each other one those that it has otherwise. */
export function graphsOfDesigns(): DesignGraph[] {
	const usual = graphsOf(tablesOf({})).map((graph) => ({ design: 'flag', graph }));
	const known = new Set(usual.map(({ graph }) => JSON.stringify(graph)));
	const others = Design.options
		.flatMap((design) => graphsOf(tablesOf({ design }), design).map((graph) => ({ design, graph })))
		.filter(({ graph }) => !known.has(JSON.stringify(graph)));
	return [...usual, ...others];
}
