import type { Choice } from '../../model/simulation/choice.ts';
import type { Assumption } from '../../reports/evidence/simulation-evidence.ts';

/** What the user settles. */
export interface Settled {
	readonly tasks_per_day: number;
	readonly daily_limit: number;
}

/** What the price of a restart and of a red task come to; it scales results and is not simulated. */
export interface Prices {
	readonly triage_minutes: number;
	readonly price_ratio: number;
}

type Range = readonly [low: number, central: number, high: number];

interface Stated {
	readonly label: string;
	readonly unit: string;
	readonly range: Range;
	readonly source: string;
}

const FEW_AND_MANY = 4;

/** Every number that is assumed: none is fixed without being named here, and each is swept. */
const stated = ({
	tasks_per_day,
	daily_limit,
}: Settled): Readonly<Record<keyof Choice | keyof Prices, Stated>> => ({
	transient_rate: {
		label: 'a run of a task meets a transient failure on an ordinary day',
		unit: 'share of tasks',
		range: [0.015, 0.03, 0.05],
		source:
			'Low: 1.5 % of test runs are flaky (Google, Micco 2016, Testing Blog). Central: 3.3 % of 157 496 GitLab jobs are flaky by re-run evidence (TELUS, Aidasso 2025, arXiv 2501.04976), a lower bound: about a third of intermittent failures are missed so (arXiv 2507.04173). High: a guess. None is of this CI system.',
	},
	permanent_rate: {
		label: 'the code under test is broken for a task',
		unit: 'share of tasks',
		range: [0.05, 0.1, 0.2],
		source:
			'19.7 % of 157 496 GitLab jobs failed, 16.9 % of them flaky, so about 16 % for good (TELUS, Aidasso 2025, arXiv 2501.04976). Central and range are a guess around it.',
	},
	clearing: {
		label: 'one restart clears a transient failure on an ordinary day',
		unit: 'probability',
		range: [0.6, 0.8, 0.95],
		source:
			'No public figure for one automatic retry. Re-runs of any failure change the outcome in 42 % (OpenStack, Maipradit 2023, arXiv 2308.10078); 67.7 % of re-run GitHub Actions builds are flaky (Zhang and Ge 2026, arXiv 2602.02307): of transient failures alone it must be more. A guess, swept.',
	},
	aim: {
		label: 'how many times likelier a flagged command fails for want of luck than another',
		unit: 'times',
		range: [1, 5, 20],
		source:
			'A guess. 1: flags are set without aim. About 20 makes 0.7 of the restarts useful, as where people choose what to re-run (GitHub Actions, arXiv 2602.02307); real projects flag downloads, logins and flaky tests.',
	},
	outage_days: {
		label: 'days with an outage of something that many tasks need',
		unit: 'share of days',
		range: [0, 0.03, 0.1],
		source: 'A guess: about one day a month.',
	},
	outage_factor: {
		label: 'how many times likelier transient failures are during an outage',
		unit: 'times',
		range: [2, 5, 10],
		source: 'A guess.',
	},
	outage_clearing: {
		label: 'one restart clears a transient failure during an outage',
		unit: 'probability',
		range: [0.05, 0.3, 0.6],
		source:
			'A guess: an outage outlasts a restart more often than not (over half of manual restarts come within an hour: Durieux 2020, arXiv 2003.11772).',
	},
	tasks_per_day: {
		label: 'tasks that end their first execution on a day',
		unit: 'tasks',
		range: [
			Math.max(1, Math.round(tasks_per_day / FEW_AND_MANY)),
			tasks_per_day,
			tasks_per_day * FEW_AND_MANY,
		],
		source: 'Options --tasks and --days; low and high are a quarter and four times of it.',
	},
	daily_limit: {
		label: 'slots of the project in 24 hours (0: no limit)',
		unit: 'restarts',
		range: [Math.ceil(daily_limit / FEW_AND_MANY), daily_limit, daily_limit * FEW_AND_MANY],
		source: 'Option --limit; the default of 200 is that of the deployed system.',
	},
	peak: {
		label: 'how many times more tasks come in an hour from 9 to 17 than in another hour',
		unit: 'times',
		range: [1, 4, 10],
		source: 'A guess; 1 is the same all day. All days are alike: there is no week-end.',
	},
	task_minutes: {
		label: 'how long a run of a task takes; a restart is charged for all of it',
		unit: 'minutes',
		range: [5, 20, 60],
		source: 'A guess. Charging a failed restart for all of it errs against the flag.',
	},
	triage_minutes: {
		label: 'what a red task costs a person',
		unit: 'minutes',
		range: [10, 20, 30],
		source:
			'A guess for a look, a decision and a manual restart; one company counts 11 min a flaky failure (bro-sre blog 2026, unverified).',
	},
	price_ratio: {
		label: "machine hours that cost as much as a person's hour",
		unit: 'machine hours',
		range: [30, 100, 300],
		source:
			'A guess: a developer at about USD 100 an hour with overheads beside large machines at USD 3, usual ones at USD 1, small ones at USD 0.33; the list price of a small hosted Linux machine was USD 0.48 (GitHub Actions, USD 0.008 a minute).',
	},
});

export type Assumed = ReturnType<typeof stated>;

/** As evidence tells it. */
export const assumptionsOf = (settled: Settled): Assumption[] =>
	Object.entries({ ...stated(settled), transient_share: transientShare(settled) }).map(
		([id, { label, unit, range, source }]) => {
			const [low, central, high] = range;
			return { id, label, unit, low, central, high, source };
		},
	);

/** Follows from the two rates; along it the flag's break-even is sought. */
function transientShare(settled: Settled): Stated {
	const { transient_rate, permanent_rate } = stated(settled);
	const [, transient] = transient_rate.range;
	const [, permanent] = permanent_rate.range;
	return {
		label: 'transient failures among all failures, on an ordinary day',
		unit: 'share of failures',
		range: [0.15, transient / (transient + permanent), 0.45],
		source:
			'16.9 % of failed GitLab jobs (TELUS, arXiv 2501.04976), about 25 % if those that re-runs miss are added (arXiv 2507.04173); 15 to 21 % of builds that fail on the main branch (Atlassian). Central: follows from the two rates. High: a guess.',
	};
}

/** The range of each number by its name. */
export function rangesOf(settled: Settled): Readonly<Record<keyof Assumed, Range>> {
	const all = stated(settled);
	return {
		transient_rate: all.transient_rate.range,
		permanent_rate: all.permanent_rate.range,
		clearing: all.clearing.range,
		aim: all.aim.range,
		outage_days: all.outage_days.range,
		outage_factor: all.outage_factor.range,
		outage_clearing: all.outage_clearing.range,
		tasks_per_day: all.tasks_per_day.range,
		daily_limit: all.daily_limit.range,
		peak: all.peak.range,
		task_minutes: all.task_minutes.range,
		triage_minutes: all.triage_minutes.range,
		price_ratio: all.price_ratio.range,
	};
}
