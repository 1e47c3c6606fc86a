import type { Choice } from '../../model/simulation/choice.ts';
import { SWEPT_SHARES } from '../../reports/evidence/simulation-limits.ts';
import { rangesOf, type Settled } from './assumptions.ts';
import type { Planned } from './points.ts';

const SIMULATED = [
	'transient_rate',
	'permanent_rate',
	'clearing',
	'aim',
	'outage_days',
	'outage_factor',
	'outage_clearing',
	'tasks_per_day',
	'daily_limit',
	'peak',
	'task_minutes',
] as const satisfies readonly (keyof Choice)[];

export function centralChoice(settled: Settled): Choice {
	const ranges = rangesOf(settled);
	const at = (id: keyof Choice): number => ranges[id][1];
	return {
		transient_rate: at('transient_rate'),
		permanent_rate: at('permanent_rate'),
		clearing: at('clearing'),
		aim: at('aim'),
		outage_days: at('outage_days'),
		outage_factor: at('outage_factor'),
		outage_clearing: at('outage_clearing'),
		tasks_per_day: at('tasks_per_day'),
		daily_limit: at('daily_limit'),
		peak: at('peak'),
		task_minutes: at('task_minutes'),
	};
}

/** Each number that is simulated at both ends of its range, all others at their central values. */
export function oneAtATime(settled: Settled): Planned[] {
	const ranges = rangesOf(settled);
	const central = centralChoice(settled);
	return SIMULATED.flatMap((id) => {
		const [low, middle, high] = ranges[id];
		return [low, high]
			.filter((value) => value !== middle)
			.map((value) => ({ choice: { ...central, [id]: value }, varied: [{ id, value }] }));
	});
}

const GRID_SHARES = [0.15, 0.25, 0.35, 0.45];
const GRID_CLEARINGS = [0.6, 0.7, 0.8, 0.9, 0.95];

/** As many failures as ever, of which this share is transient. */
function ofShare(settled: Settled, value: number): Planned {
	const central = centralChoice(settled);
	const failures = central.transient_rate + central.permanent_rate;
	return {
		choice: {
			...central,
			transient_rate: failures * value,
			permanent_rate: failures * (1 - value),
		},
		varied: [{ id: 'transient_share', value }],
	};
}

export const shares = (settled: Settled): Planned[] =>
	SWEPT_SHARES.map((share) => ofShare(settled, share));

/** The share of transient failures against the probability that a restart clears one. */
export const grid = (settled: Settled): Planned[] =>
	GRID_SHARES.flatMap((share) => {
		const { choice, varied } = ofShare(settled, share);
		return GRID_CLEARINGS.map((clearing) => ({
			choice: { ...choice, clearing },
			varied: [...varied, { id: 'clearing' as const, value: clearing }],
		}));
	});
