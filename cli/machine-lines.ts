import type { MachineEvidence } from '../reports/evidence/verdict.ts';
import { sayTaken, takenOf } from '../reports/wording/transitions.ts';

/** How many transitions of the machines were taken; those that never were, by name if `verbose`. */
export function machineLines(
	machines: readonly MachineEvidence[],
	{ verbose, seen }: { readonly verbose: boolean; readonly seen: string },
): string[] {
	const missing = machines.flatMap((one) => one.missing.map((name) => `${one.machine}: ${name}`));
	const taken = `machines  ${sayTaken(takenOf(machines))}`;
	if (missing.length === 0) return [taken];
	if (verbose) return [taken, ...missing.map((name) => `          never taken: ${name}`)];
	return [`${taken}; the ${missing.length} never taken: ${seen}`];
}
