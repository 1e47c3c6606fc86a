import type { HostObservation, TaskObservation } from '../vocabulary/observation.ts';
import type { Moment, Ruling } from './guarantee.ts';

/** What a judge finds in a moment: nothing (`false`), a test that was passed (`true`), or a broken promise. */
export type StepFinding = string | boolean;

/** A finding as a ruling; null when nothing was found and nothing is to be remembered anew. */
export function rule<Memory>(
	memory: Memory,
	remembered: Memory,
	finding: StepFinding,
): Ruling<Memory> | null {
	if (finding === false) {
		if (memory === remembered) return null;
		return { memory: remembered, exercised: false, broken: null };
	}
	return {
		memory: remembered,
		exercised: true,
		broken: finding === true ? null : finding,
	};
}

/** The graver of two findings. */
export const worse = (a: StepFinding, b: StepFinding): StepFinding =>
	typeof a === 'string' ? a : b || a;

/**
 * Judges every task that may have changed, and stops at the first broken promise. A system that
 * shows the very same object again says that the task did not change.
 */
export function eachTask(
	moment: Moment,
	judge: (moment: Moment, was: TaskObservation, is: TaskObservation) => StepFinding,
): StepFinding {
	const { before, after } = moment;
	let found: StepFinding = false;
	for (let index = 0; index < after.tasks.length; index++) {
		const was = before.tasks[index];
		const is = after.tasks[index];
		if (was === undefined || is === undefined || was === is) continue;
		const finding = judge(moment, was, is);
		if (typeof finding === 'string') return finding;
		if (finding) found = true;
	}
	return found;
}

/** The same for hosts. */
export function eachHost(
	moment: Moment,
	judge: (moment: Moment, was: HostObservation, is: HostObservation, index: number) => StepFinding,
): StepFinding {
	const { before, after } = moment;
	let found: StepFinding = false;
	for (let index = 0; index < after.hosts.length; index++) {
		const was = before.hosts[index];
		const is = after.hosts[index];
		if (was === undefined || is === undefined || was === is) continue;
		const finding = judge(moment, was, is, index);
		if (typeof finding === 'string') return finding;
		if (finding) found = true;
	}
	return found;
}
