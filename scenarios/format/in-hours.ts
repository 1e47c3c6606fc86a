import type { Observation } from '../../model/vocabulary/observation.ts';
import { HOUR } from '../../model/vocabulary/setup.ts';

/** What is seen, with the words beside it that tell times in whole hours. */
export type InHours = Observation & { readonly hour: number };

const hourOf = (minute: number | null): number | null =>
	minute === null ? null : Math.floor(minute / HOUR);

const timed = <Timed extends { dispatched_minute: number | null; ended_minute: number | null }>(
	times: Timed,
) => ({
	...times,
	dispatched_at: hourOf(times.dispatched_minute),
	ended_at: hourOf(times.ended_minute),
});

/** The words that told times before stories had minutes: they are read as ever. */
export const inHours = (seen: Observation): InHours => ({
	...seen,
	hour: Math.floor(seen.minute / HOUR),
	tasks: seen.tasks.map((task) => ({ ...timed(task), history: task.history.map(timed) })),
});
