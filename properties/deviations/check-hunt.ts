import { checkedMistake } from '../../model/checker/mistakes/mistake.ts';
import type { Deviation } from './deviation.ts';

/** What the checker came to where a deviation is built into the machines. */
export interface CheckHunt {
	readonly configuration: string;
	readonly found: boolean;
	/** States that it went through. */
	readonly states: number;
	readonly seconds: number;
	/** The guarantees that fell, and the number of events of the shortest story that breaks one. */
	readonly guarantees: readonly string[];
	readonly events: number | null;
}

/** Checks the machines with the bug in the configuration that shows it, in quick size; null: it is built into none. */
export async function checkHunt({ machines }: Deviation): Promise<CheckHunt | null> {
	if (machines === undefined) return null;
	const begun = performance.now();
	const { states, judged } = await checkedMistake(machines);
	const broken = judged.filter(({ counterexample }) => counterexample !== null);
	const lengths = broken.flatMap(({ counterexample }) => counterexample?.story.events.length ?? []);
	return {
		configuration: machines.configuration,
		found: broken.length > 0,
		states,
		seconds: (performance.now() - begun) / 1000,
		guarantees: broken.map(({ id }) => id),
		events: lengths.length === 0 ? null : Math.min(...lengths),
	};
}
