import type { SimulationEvidence, SimulationPoint } from '../evidence/simulation-evidence.ts';
import { between, grouped, plural, shareBetween } from './figures.ts';
import { FIELD } from './glossary.ts';

/** What is told of a point of the simulation, and whether it is a share. */
export const FIGURES = [
	{ what: 'tasks red without the flag', of: 'red_without_flag', isShare: true },
	{ what: 'tasks red with the flag', of: 'red_with_flag', isShare: true },
	{ what: 'restarts wasted', of: 'wasted_restarts', isShare: true },
	{ what: 'machine hours added per 100 tasks', of: 'hours_added', isShare: false },
	{ what: 'marks refused for quota', of: 'refused_for_quota', isShare: true },
] as const satisfies readonly {
	readonly what: string;
	readonly of: keyof SimulationPoint;
	readonly isShare: boolean;
}[];

/** The same with its numbers. */
export const sayFigures = (point: SimulationPoint): { what: string; value: string }[] =>
	FIGURES.map(({ what, of, isShare }) => ({
		what,
		value: isShare ? shareBetween(point[of]) : between(point[of]),
	}));

/** How many tasks the flag can help. */
export function sayFlaggedTasks({ flagged_tasks, tasks }: SimulationEvidence['project']): string {
	const [have, them] = flagged_tasks === 1 ? ['has', 'it'] : ['have', 'them'];
	return `${grouped(flagged_tasks)} of ${plural(tasks, 'task instance')} (${FIELD['task instance']}) ${have} a flagged command that can fail ${them}`;
}

/** How much was simulated, and within which quota. */
export const sayDays = ({
	days,
	tasks_per_day,
	daily_limit,
}: Pick<SimulationEvidence, 'days' | 'tasks_per_day' | 'daily_limit'>): string =>
	`${plural(days, 'day')} of ${plural(tasks_per_day, 'task')}, ${daily_limit === 0 ? 'no limit' : `at most ${plural(daily_limit, 'automatic restart')} a day`}`;
