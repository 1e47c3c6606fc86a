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
