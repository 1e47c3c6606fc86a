import type { HostObservation, TaskObservation } from '../vocabulary/observation.ts';
import { mayConcern } from './agents.ts';
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

/** Judges what may have changed, and stops at the first broken promise. */
function each<Seen>(
	moment: Moment,
	before: readonly Seen[],
	after: readonly Seen[],
	judge: (moment: Moment, was: Seen, is: Seen, place: number) => StepFinding,
): StepFinding {
	let found: StepFinding = false;
	let place = -1;
	for (const is of after) {
		const was = before[++place];
		if (was === undefined || was === is) continue;
		const finding = judge(moment, was, is, place);
		if (typeof finding === 'string') return finding;
		if (finding) found = true;
	}
	return found;
}

/**
 * Judges every task that may have changed, and stops at the first broken promise. A system that
 * shows the very same object again says that the task did not change.
 */
export const eachTask = (
	moment: Moment,
	judge: (moment: Moment, was: TaskObservation, is: TaskObservation, place: number) => StepFinding,
): StepFinding => each(moment, moment.before.tasks, moment.after.tasks, judge);

/** The same for hosts. */
export const eachHost = (
	moment: Moment,
	judge: (moment: Moment, was: HostObservation, is: HostObservation, place: number) => StepFinding,
): StepFinding => each(moment, moment.before.hosts, moment.after.hosts, judge);

/** The same for hosts of which something is expected, as they changed or the moment bears on them. */
export function eachConcerned(
	moment: Moment,
	judge: (moment: Moment, was: HostObservation, is: HostObservation, place: number) => StepFinding,
): StepFinding {
	let found: StepFinding = false;
	let place = -1;
	for (const is of moment.after.hosts) {
		const was = moment.before.hosts[++place];
		if (was === undefined || (was === is && !mayConcern(moment, is))) continue;
		const finding = judge(moment, was, is, place);
		if (typeof finding === 'string') return finding;
		if (finding) found = true;
	}
	return found;
}

/** By place, what of this is kept: the very same value where that is all, null where it is nothing. */
export function keeping<One>(
	known: readonly (One | null)[],
	keeps: (one: One, place: number) => boolean,
): readonly (One | null)[] | null {
	const isKept = (one: One | null, place: number) => one === null || keeps(one, place);
	if (known.every(isKept)) return known;
	const kept = known.map((one, place) => (isKept(one, place) ? one : null));
	return kept.some((one) => one !== null) ? kept : null;
}
