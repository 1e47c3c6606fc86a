import type { Effect } from '../../model/simulation/break-even.ts';
import type { Choice } from '../../model/simulation/choice.ts';
import type { Estimate } from '../../model/simulation/estimate.ts';
import type { Tally } from '../../model/simulation/tally.ts';
import type { SimulationPoint } from '../../reports/evidence/simulation-evidence.ts';
import type { Assumed } from './assumptions.ts';

/** Which number is not at its central value, and the value it has. */
export interface Varied {
	readonly id: keyof Assumed | 'transient_share';
	readonly value: number;
}

/** One choice to simulate. */
export interface Planned {
	readonly choice: Choice;
	readonly varied: readonly Varied[];
}

const PER = 100;

/** What came out for a choice. */
export function pointOf({ choice, varied }: Planned, tally: Tally): SimulationPoint {
	return {
		transient_rate: choice.transient_rate,
		permanent_rate: choice.permanent_rate,
		clearing: choice.clearing,
		tasks: tally.total('tasks'),
		transient_share: tally.share('transient', 'failed').mean,
		red_without_flag: tally.share('red_without', 'tasks'),
		red_with_flag: tally.share('red_with', 'tasks'),
		wasted_restarts: tally.share('wasted', 'restarts'),
		hours_added: scaled(
			tally.ratio('restarts', 'tasks').estimate,
			(choice.task_minutes / 60) * PER,
		),
		refused_for_quota: tally.share('refused', 'marks'),
		...(varied.length === 0 ? {} : { varied: [...varied] }),
	};
}

const scaled = ({ mean, low, high }: Estimate, by: number): Estimate => ({
	mean: mean * by,
	low: Math.max(0, low * by),
	high: high * by,
});

/** What the flag did to a task on average. */
export const effectOf = (transient_share: number, point: SimulationPoint): Effect => ({
	transient_share,
	avoided: point.red_without_flag.mean - point.red_with_flag.mean,
	hours: point.hours_added.mean / PER,
});
