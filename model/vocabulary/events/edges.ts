import type { Observation, TaskObservation } from '../observation.ts';
import { minutesOf } from '../setup.ts';

/** Most minutes that may pass at once: a day and a little. */
export const MOST_MINUTES = 1500;

/** Around *M*, *F* and *G*, which begin anew with each message. */
export const SHORT: readonly number[] = [1, 2, 5, 6, 7, 8];

/** When the slot of a granted mark was taken, as far as it shows: executions of a story mostly take no time. */
const grantedAt = (task: TaskObservation): readonly number[] => [
	...(task.mark === 'granted' && task.dispatched_minute !== null ? [task.dispatched_minute] : []),
	...task.history
		.slice(-1)
		.flatMap((entry) => (entry.mark === 'granted' ? [entry.ended_minute] : [])),
];

const endedAt = (task: TaskObservation): readonly number[] => [
	...(task.ended_minute === null ? [] : [task.ended_minute]),
	...task.history.slice(-1).map(({ ended_minute }) => ended_minute),
];

/** How many minutes it takes to a limit that is pending: a minute before it, it, and a minute after it. */
export function edges({ minute, tasks, quota_used }: Observation): number[] {
	const amounts: number[] = [];
	const around = (since: number, limit: number): void => {
		for (const near of [-1, 0, 1]) {
			const amount = since + limit + near - minute;
			if (amount >= 1 && amount <= MOST_MINUTES) amounts.push(amount);
		}
	};
	for (const task of tasks) {
		for (const at of endedAt(task)) around(at, minutesOf('ended_secret_s'));
		if (quota_used > 0) for (const at of grantedAt(task)) around(at, minutesOf('window_s'));
	}
	return amounts;
}
