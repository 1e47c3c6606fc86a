import type { MachineGraph } from '../evidence/machine-graph.ts';
import type { MachineEvidence } from '../evidence/verdict.ts';
import { sumOf } from './parts.ts';

/** The same machines, with the counts of all parts. */
export function mergedGraphs(parts: readonly (readonly MachineGraph[])[]): MachineGraph[] {
	const [first = []] = parts;
	return first.map((graph, place) => ({
		...graph,
		transitions: graph.transitions.map((transition, at) => ({
			...transition,
			count: sumOf(parts, (graphs) => graphs[place]?.transitions[at]?.count ?? 0),
		})),
	}));
}

/** A transition is missing where no part took it. */
export function mergedMachines(parts: readonly (readonly MachineEvidence[])[]): MachineEvidence[] {
	const [first = []] = parts;
	return first.map(({ machine, transitions, missing }) => {
		const never = missing.filter((name) =>
			parts.every((machines) =>
				machines.some((one) => one.machine === machine && one.missing.includes(name)),
			),
		);
		return { machine, transitions, taken: transitions - never.length, missing: never };
	});
}
