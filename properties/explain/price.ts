import { expectedOf } from '../../model/simulation/closed-forms.ts';
import { ratesOf } from '../../model/simulation/rates.ts';
import { workloadOf } from '../../model/simulation/workload.ts';
import { createTables } from '../../model/system/tables.ts';
import type { ProjectOnTrial } from '../../scenarios/trial/project-on-trial.ts';
import { centralChoice } from '../simulation/plan.ts';

/** What the flag buys and costs on an ordinary day, of 100 tasks. */
export interface Price {
	/** Tasks that end red without the flag and green with it. */
	readonly saved: number;
	readonly restarts: number;
}

/** Of these numbers the price of an ordinary day does not depend, as long as there is a quota left. */
const SETTLED = { tasks_per_day: 1, daily_limit: 0 };

/**
 * The closed forms against which a simulation is held, at its central values: by arithmetic, in an instant.
 * Null where the project runs no tasks.
 */
export function priceOf({ project, instances }: ProjectOnTrial): Price | null {
	if (instances.length === 0) return null;
	const workload = workloadOf(project, instances, createTables());
	const choice = centralChoice(SETTLED);
	const { transient, permanent } = ratesOf(workload, choice);
	const { red_without, red_with, restarts } = expectedOf(
		workload,
		transient,
		permanent,
		choice.clearing,
	);
	return { saved: 100 * (red_without - red_with), restarts: 100 * restarts };
}
