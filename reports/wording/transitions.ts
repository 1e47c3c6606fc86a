import type { MachineGraph } from '../evidence/machine-graph.ts';
import type { MachineEvidence } from '../evidence/verdict.ts';
import { grouped } from './figures.ts';

/** How many transitions there are, and how many of them were taken. */
export interface Taken {
	readonly taken: number;
	readonly transitions: number;
}

/** Those of all machines. */
export const takenOf = (machines: readonly MachineEvidence[]): Taken => ({
	taken: machines.reduce((sum, machine) => sum + machine.taken, 0),
	transitions: machines.reduce((sum, machine) => sum + machine.transitions, 0),
});

/** Those of one, each with its count. */
export const takenOfGraph = ({ transitions }: MachineGraph): Taken => ({
	taken: transitions.filter(({ count }) => count > 0).length,
	transitions: transitions.length,
});

export const sayTaken = ({ taken, transitions }: Taken): string =>
	`${grouped(taken)} of ${grouped(transitions)} transitions taken`;

/** What was never taken, a line each. */
export const neverTaken = (machines: readonly MachineEvidence[]): string[] =>
	machines.flatMap(({ machine, missing }) =>
		missing.map((transition) => `never taken: ${machine}: ${transition}`),
	);

type Transition = MachineGraph['transitions'][number];

/** An arrow between two states: all transitions between them, by their places in the graph. */
export interface Edge {
	readonly source: string;
	readonly target: string;
	readonly transitions: readonly number[];
}

export const sayTransition = ({ event, guard }: Pick<Transition, 'event' | 'guard'>): string =>
	guard === null ? event : `${event} [${guard}]`;

/** How often it was taken; `unit` goes behind a number. */
export const sayOften = (count: number, unit = ''): string =>
	count === 0 ? '✕ never' : `${grouped(count)}${unit}`;

/** The same beside its transition. */
export const sayCounted = (transition: Transition): string =>
	`${sayTransition(transition)}  ${sayOften(transition.count, '×')}`;

/** Transitions that lead from one drawn state to another; the rest stays where it is, or is for any state. */
export const isDrawn = (
	{ machine, states }: MachineGraph,
	{ source, target }: Transition,
): boolean =>
	source !== machine && [source, target].every((end) => states.some(({ id }) => id === end));

/** Transitions between the same two states share an arrow. */
export function edgesOf(graph: MachineGraph): Edge[] {
	const by = new Map<string, Edge>();
	for (const [place, transition] of graph.transitions.entries()) {
		const { source, target } = transition;
		if (target === null || !isDrawn(graph, transition)) continue;
		const key = JSON.stringify([source, target]);
		const others = by.get(key)?.transitions ?? [];
		by.set(key, { source, target, transitions: [...others, place] });
	}
	return [...by.values()];
}

/** How many transitions a drawing does not show. */
export function sayArrows(graph: MachineGraph): string {
	const { transitions } = graph;
	const still = transitions.filter((transition) => !isDrawn(graph, transition));
	return `All ${transitions.length} transitions, ${still.length} of them without an arrow`;
}
