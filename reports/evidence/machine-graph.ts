import { z } from 'zod';
import { Count, Text } from './verdict.ts';

interface Node {
	readonly id: string;
	readonly parent: string | null;
}

/** Whether each state is inside another one of them, or the machine. */
const isWithin = ({
	machine,
	states,
}: {
	readonly machine: string;
	readonly states: readonly Node[];
}): boolean => {
	const ids = new Set(states.map(({ id }) => id));
	return (
		!ids.has(machine) &&
		states.every(({ parent }) => parent === null || parent === machine || ids.has(parent))
	);
};

/** Whether each state has an id of its own, and none is inside itself. */
function isForest(states: readonly Node[]): boolean {
	const parents = new Map(states.map(({ id, parent }) => [id, parent]));
	const ends = ({ id }: Node): boolean => {
		let at: string | null | undefined = id;
		for (let steps = 0; at != null; steps++) {
			if (steps > states.length) return false;
			at = parents.get(at);
		}
		return true;
	};
	return parents.size === states.length && states.every(ends);
}

/** A machine as a graph: its states, and how often each of its transitions was taken. */
export const MachineGraph = z
	.strictObject({
		machine: z.string(),
		states: z
			.array(
				z.strictObject({
					id: z.string(),
					/** What it is called inside its parent. */
					name: z.string(),
					/** The state around it; null: the machine itself. */
					parent: z.string().nullable(),
					/** Whether its parent begins in it. */
					initial: z.boolean(),
				}),
			)
			.max(200)
			.refine(isForest, { error: 'a state is inside itself, or there are two of one id' }),
		transitions: z
			.array(
				z.strictObject({
					/** Ids of states, or that of the machine for what any state does; without a target it stays. */
					source: z.string(),
					target: z.string().nullable(),
					event: Text,
					guard: Text.nullable(),
					count: Count,
				}),
			)
			.max(1000),
	})
	.refine(isWithin, {
		error: 'a state is inside one that is not there, or has the id of the machine',
	});
export type MachineGraph = z.infer<typeof MachineGraph>;

/** A machine under a design. */
export interface DesignGraph {
	readonly design: string;
	readonly graph: MachineGraph;
}
