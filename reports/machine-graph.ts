import { z } from 'zod';
import { Count, Text } from './verdict.ts';

/** A machine as a graph: its states, and how often each of its transitions was taken. */
export const MachineGraph = z.strictObject({
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
		.max(200),
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
});
export type MachineGraph = z.infer<typeof MachineGraph>;
