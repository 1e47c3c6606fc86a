import type { MachineTables } from '../system/tables.ts';
import type { Project } from '../vocabulary/project.ts';
import type { Choice } from './choice.ts';
import { binomial, type ClosedForm, compared, expectedOf } from './closed-forms.ts';
import { Lives } from './lives.ts';
import { ratesOf } from './rates.ts';
import { Simulation } from './simulation.ts';
import type { Tally } from './tally.ts';
import { workloadOf } from './workload.ts';

/** A simulation whose outcome is known beforehand, and what is read off it. */
export interface Checked {
	readonly simulation: Simulation;
	readonly days: number;
	readonly read: (tally: Tally) => readonly ClosedForm[];
}

/** The project on days that are all ordinary, or all outages, with a quota without limit; and a quota that runs out. */
export const checkedSimulations = (
	lives: Lives,
	choice: Choice,
	seed: number,
	days: number,
	tables: MachineTables,
): Checked[] => [
	alike(lives, choice, seed, days, 'ordinary days'),
	alike(lives, choice, seed, days, 'outage days'),
	exhausted(tables, seed),
];

function alike(
	lives: Lives,
	central: Choice,
	seed: number,
	days: number,
	kind: 'ordinary days' | 'outage days',
): Checked {
	const outage = kind === 'outage days';
	const choice: Choice = { ...central, outage_days: outage ? 1 : 0, daily_limit: 0 };
	const { transient, outage: inOutage, permanent } = ratesOf(lives.workload, choice);
	const expected = expectedOf(
		lives.workload,
		outage ? inOutage : transient,
		permanent,
		outage ? choice.outage_clearing : choice.clearing,
	);
	const tasks = choice.tasks_per_day * days;
	const share = (
		name: string,
		formula: string,
		of: number,
		tally: Tally,
		counted: 'red_without' | 'red_with' | 'restarts',
	) =>
		compared(`${name} (${kind})`, formula, of, tally.ratio(counted, 'tasks'), binomial(of, tasks));
	return {
		simulation: new Simulation(lives, choice, seed, days),
		days,
		read: (tally) => [
			share(
				'tasks red without the flag',
				'mean over tasks of 1 - P(no T) P(no P)',
				expected.red_without,
				tally,
				'red_without',
			),
			share(
				'tasks red with the flag, no limit',
				'the former - mean over tasks of P(T flagged) P(no P) c',
				expected.red_with,
				tally,
				'red_with',
			),
			share(
				'automatic restarts a task, no limit',
				'mean over tasks of P(first of T, P flagged) + P(first in pre or main not flagged, other in post flagged)',
				expected.restarts,
				tally,
				'restarts',
			),
			compared(
				`slots in use, no limit (${kind})`,
				'restarts a day x 24 h / 24 h (Little)',
				expected.restarts * choice.tasks_per_day,
				tally.ratio('slots', 'hours'),
				Math.sqrt((expected.restarts * choice.tasks_per_day) / days),
			),
		],
	};
}

const ALWAYS_BROKEN: Project = {
	id: 'always broken',
	tasks: [{ name: 'broken', commands: [{ command: 'shell.exec', retry_on_failure: true }] }],
};
const EACH_HOUR = 10;
const LIMIT = 200;
const DAYS = 10;

/** Ten tasks an hour, each of which fails at a flagged command: nothing is left to chance. */
function exhausted(tables: MachineTables, seed: number): Checked {
	const instance = { id: 'broken', task: 'broken', variant: 'any' };
	const lives = new Lives(workloadOf(ALWAYS_BROKEN, [instance], tables), tables);
	const choice: Choice = {
		transient_rate: 0,
		permanent_rate: 1,
		clearing: 0,
		aim: 1,
		outage_days: 0,
		outage_factor: 1,
		outage_clearing: 0,
		tasks_per_day: 24 * EACH_HOUR,
		daily_limit: LIMIT,
		peak: null,
		task_minutes: 0,
	};
	return {
		simulation: new Simulation(lives, choice, seed, DAYS),
		days: DAYS,
		read: (tally) => [
			compared(
				`marks refused for quota (${EACH_HOUR} an hour, limit ${LIMIT}, exact)`,
				'1 - limit / marks a day',
				1 - LIMIT / (24 * EACH_HOUR),
				tally.ratio('refused', 'marks'),
				0,
			),
		],
	};
}
