import type { MachineEvidence } from '../reports/evidence/verdict.ts';
import { neverTaken, sayTaken, takenOf } from '../reports/wording/transitions.ts';

/** How many transitions of the machines were taken; those that never were, by name if `verbose`. */
export function machineLines(
	machines: readonly MachineEvidence[],
	{ verbose, seen }: { readonly verbose: boolean; readonly seen: string },
): string[] {
	const missing = neverTaken(machines);
	const taken = `machines  ${sayTaken(takenOf(machines))}`;
	if (missing.length === 0) return [taken];
	if (verbose) return [taken, ...missing.map((name) => `          ${name}`)];
	return [`${taken}; the ${missing.length} never taken: ${seen}`];
}
