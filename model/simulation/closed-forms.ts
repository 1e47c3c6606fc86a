import { isWatched } from '../vocabulary/project.ts';
import type { Estimate } from './estimate.ts';
import type { Cumulative } from './rates.ts';
import type { Place, Workload } from './workload.ts';

/** A figure beside its closed form. */
export interface ClosedForm {
	readonly name: string;
	readonly formula: string;
	readonly expected: number;
	readonly simulated: Estimate;
	/** By how much the two may differ. */
	readonly allowed: number;
	readonly agrees: boolean;
}

/** What a task comes to on average, if days are all alike and the quota has no limit. */
export interface Expected {
	/** Share of tasks that end red, without the flag and with it. */
	readonly red_without: number;
	readonly red_with: number;
	/** Automatic restarts a task. */
	readonly restarts: number;
}

/**
 * The same by arithmetic. With T and P the places of a task's first transient and its first permanent failure,
 * which are independent, on average over all tasks:
 *
 * - it is red without the flag if there is a T or a P;
 * - it is saved if T is flagged, there is no P, and the restart clears T;
 * - it restarts if the first of T and P is flagged, or if that is in main or before it without a flag, the
 *   other is in post or teardown_task, which still runs, and is flagged.
 */
export function expectedOf(
	workload: Workload,
	transient: Cumulative,
	permanent: Cumulative,
	clearing: number,
): Expected {
	const byKind = workload.kinds.map(({ places }, kind) => {
		const t = stepsOf(transient[kind], places.length);
		const p = stepsOf(permanent[kind], places.length);
		const shares = sharesOf(places, t, p, clearing);
		return {
			red: 1 - (1 - sum(t)) * (1 - sum(p)),
			saved: sum(shares.map(({ saved }) => saved)),
			restarts: sum(shares.map(({ restarts }) => restarts)),
		};
	});
	let red_without = 0;
	let saved = 0;
	let restarts = 0;
	for (const kind of workload.kindOf) {
		const own = byKind[kind];
		red_without += own?.red ?? 0;
		saved += own?.saved ?? 0;
		restarts += own?.restarts ?? 0;
	}
	const tasks = workload.kindOf.length;
	return {
		red_without: red_without / tasks,
		red_with: (red_without - saved) / tasks,
		restarts: restarts / tasks,
	};
}

/** What a flagged command brings a task: how probable it is that it saves it, and that the task restarts for it. */
export interface Share {
	readonly saved: number;
	readonly restarts: number;
}

/** By kind of task, what each of its places brings; nothing where there is no flag. */
export const sharesByKind = (
	{ kinds }: Workload,
	transient: Cumulative,
	permanent: Cumulative,
	clearing: number,
): Share[][] =>
	kinds.map(({ places }, kind) =>
		sharesOf(
			places,
			stepsOf(transient[kind], places.length),
			stepsOf(permanent[kind], places.length),
			clearing,
		),
	);

function sharesOf(
	places: readonly Place[],
	t: readonly number[],
	p: readonly number[],
	clearing: number,
): Share[] {
	const never = 1 - sum(p);
	let noT = 1;
	let noP = 1;
	/** That it has failed in main or before it, without a flag. */
	let tBefore = 0;
	let pBefore = 0;
	return places.map(({ block, flagged }, place) => {
		const tHere = t[place] ?? 0;
		const pHere = p[place] ?? 0;
		// The first of both is here: T here and P not before, or P here and T later or never.
		const first = tHere * noP + pHere * (noT - tHere);
		const after = isWatched(block) ? 0 : tBefore * pHere + pBefore * tHere;
		noT -= tHere;
		noP -= pHere;
		if (flagged) return { saved: tHere * never * clearing, restarts: first + after };
		if (isWatched(block)) {
			tBefore += tHere;
			pBefore += pHere;
		}
		return { saved: 0, restarts: 0 };
	});
}

/** The probability of each place, from that of all up to it. */
const stepsOf = (entries: Float64Array | undefined, length: number): number[] =>
	Array.from({ length }, (_, place) => (entries?.[place] ?? 0) - (entries?.[place - 1] ?? 0));

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/** By how many standard errors a figure may miss its closed form: by chance less than once in a million. */
export const STANDARD_ERRORS = 5;
/** What rounding may come to. */
const ROUNDING = 1e-9;

/**
 * Holds a figure against its closed form. The standard error is the one measured over days or the one that the closed
 * form implies (`deviation`), whichever is larger, so that few days cannot make an interval that is too short.
 */
export function compared(
	name: string,
	formula: string,
	expected: number,
	{ estimate, error }: { readonly estimate: Estimate; readonly error: number },
	deviation: number,
): ClosedForm {
	const allowed = STANDARD_ERRORS * Math.max(error, deviation) + ROUNDING;
	return {
		name,
		formula,
		expected,
		simulated: estimate,
		allowed,
		agrees: agrees(estimate.mean, expected, allowed),
	};
}

/** Whether a figure is as near to its closed form as it has to be. */
export const agrees = (mean: number, expected: number, allowed: number): boolean =>
	Math.abs(mean - expected) <= allowed;

/** The standard error of a share of so many. */
export const binomial = (share: number, count: number): number =>
	Math.sqrt(Math.max(0, share * (1 - share)) / count);
