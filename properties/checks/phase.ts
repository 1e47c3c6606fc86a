import type { Phase } from '../../model/checker/retry/check.ts';

/**
 * How far a check is, in a few words. What is left is said by trend and as a least: states that wait,
 * at the pace so far; more may be found.
 */
export function sayPhase(phase: Phase, seconds: number): string {
	if (phase.phase === 'judging liveness')
		return `judging liveness, sweep ${phase.sweep}, ${grouped(phase.left)} states left`;
	const { depth, states, waiting, bytes } = phase;
	const expanded = (states - waiting) / seconds;
	return [
		`exploring, depth ${depth}`,
		`${grouped(states)} states`,
		`${grouped(states / seconds)}/s`,
		`${grouped(waiting)} waiting`,
		`${Math.ceil(bytes / 1e6)} MB`,
		`at least ${duration(waiting / expanded)} left`,
	].join(', ');
}

/** A whole number with commas between thousands. */
export const grouped = (count: number): string => Math.round(count).toLocaleString('en-US');

function duration(seconds: number): string {
	if (seconds < 90) return `${Math.ceil(seconds)} s`;
	if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
	return `${Math.round(seconds / 3600)} h`;
}
