import type { Phase } from '../../model/checker/retry/check.ts';
import { grouped, plural } from '../../model/vocabulary/plural.ts';

/**
 * How far a check is, in a few words. What is left is said by trend and as a least: states that wait,
 * at the pace so far; more may be found.
 */
export function sayPhase(phase: Phase, seconds: number): string {
	if (phase.phase === 'judging liveness')
		return `judging liveness, sweep ${phase.sweep}, ${plural(phase.left, 'state')} left`;
	const { depth, states, waiting, bytes } = phase;
	const expanded = (states - waiting) / seconds;
	return [
		`exploring, depth ${depth}`,
		plural(states, 'state'),
		`${grouped(states / seconds)}/s`,
		`${grouped(waiting)} waiting`,
		`${Math.ceil(bytes / 1e6)} MB`,
		`at least ${duration(waiting / expanded)} left`,
	].join(', ');
}

/** How far a tour is, in a few words. */
export const sayTour = (taken: number, of: number): string =>
	`touring, ${grouped(taken)} of ${plural(of, 'step')} taken`;

function duration(seconds: number): string {
	if (seconds < 90) return `${Math.ceil(seconds)} s`;
	if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
	return `${Math.round(seconds / 3600)} h`;
}
