import type { MachineEvidence } from '../reports/verdict.ts';

/** How many transitions of the machines were taken, and those that never were. */
export function machineLines(machines: readonly MachineEvidence[]): string[] {
	const missing = machines.flatMap((one) => one.missing.map((name) => `${one.machine}: ${name}`));
	const transitions = machines.reduce((sum, machine) => sum + machine.transitions, 0);
	return [
		`machines  ${transitions - missing.length} of ${transitions} transitions taken`,
		...missing.map((name) => `          never taken: ${name}`),
	];
}
