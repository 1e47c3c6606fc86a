import { breakEven, type Effect } from '../../model/simulation/break-even.ts';
import { agrees } from '../../model/simulation/closed-forms.ts';
import { same } from '../../model/vocabulary/same.ts';
import type {
	Estimate,
	SimulationEvidence,
	SimulationPoint,
} from '../evidence/simulation-evidence.ts';
import {
	CLOSED_FORMS,
	daysOfSweep,
	SWEPT_SHARES,
	TRIAGE_MINUTES,
} from '../evidence/simulation-limits.ts';
import { differing, listed, never, repeated } from './said.ts';

/** As `contradictionsOf` of a verification: what follows from the figures is said again from them, and what must hold of any days is looked at. */
export const simulationContradictionsOf = (evidence: SimulationEvidence): string[] => [
	...projectContradictions(evidence),
	...assumptionContradictions(evidence),
	...pointContradictions(evidence),
	...planContradictions(evidence),
	...hourContradictions(evidence),
	...breakEvenContradictions(evidence),
	...formContradictions(evidence),
];

function projectContradictions({ project, days }: SimulationEvidence): string[] {
	const { tasks, flagged_tasks, flagged_commands, commands } = project;
	return [
		...never(tasks === 0, 'the project is said to have no tasks, but they were simulated'),
		...never(days < 2, `an interval cannot be made of ${days} days`),
		...never(
			flagged_tasks > tasks || flagged_commands > commands || flagged_tasks > flagged_commands,
			`${flagged_tasks} of ${tasks} tasks are said to have ${flagged_commands} of ${commands} commands that are flagged`,
		),
		...never(
			flagged_tasks === 0 && flagged_commands > 0,
			`${flagged_commands} flagged commands are said to be of no task`,
		),
	];
}

/** Assumptions that are not simulated: they scale results, or follow from others. */
const NOT_SWEPT = ['triage_minutes', 'price_ratio', 'transient_share'];

const assumed = ({ assumptions }: SimulationEvidence, id: string): Range | null =>
	assumptions.find((one) => one.id === id) ?? null;

type Range = Pick<SimulationEvidence['assumptions'][number], 'low' | 'central' | 'high'>;

function assumptionContradictions(evidence: SimulationEvidence): string[] {
	const { assumptions, tasks_per_day, daily_limit } = evidence;
	const settled = { tasks_per_day, daily_limit };
	return [
		...repeated(assumptions.map(({ id }) => `assumption ${id}`)),
		...NOT_SWEPT.flatMap((id) =>
			never(assumed(evidence, id) === null, `${id} should be among the assumptions`),
		),
		...assumptions.flatMap(({ id, low, central, high }) =>
			never(
				!(low <= central && central <= high),
				`assumption ${id} is said to be ${central}, from ${low} to ${high}`,
			),
		),
		...Object.entries(settled).flatMap(([id, value]) => {
			const range = assumed(evidence, id);
			return never(
				range !== null && range.central !== value,
				`assumption ${id} is said to be ${range?.central}, but ${value} was asked for`,
			);
		}),
	];
}

/** What was simulated is what is assumed, but for what is varied. */
function pointContradictions(evidence: SimulationEvidence): string[] {
	const { central, sweep, days, tasks_per_day, unfinished } = evidence;
	const swept = daysOfSweep(days);
	return [
		...estimatesOf('the central values', central),
		...rateContradictions('the central values', central, evidence),
		...never(
			central.tasks !== days * tasks_per_day,
			`${central.tasks} tasks are said to have been simulated in ${days} days of ${tasks_per_day}`,
		),
		...sweep.flatMap((point, place) => {
			const name = `point ${place + 1} of the sweep`;
			const own = point.varied?.find(({ id }) => id === 'tasks_per_day')?.value ?? tasks_per_day;
			return [
				...estimatesOf(name, point),
				...rateContradictions(name, point, evidence),
				...never(
					unfinished === undefined && point.tasks !== swept * own,
					`${name} is said to have ${point.tasks} tasks in ${swept} days of ${own}`,
				),
			];
		}),
	];
}

function rateContradictions(
	name: string,
	point: SimulationPoint,
	evidence: SimulationEvidence,
): string[] {
	const varied = new Map(point.varied?.map(({ id, value }) => [id, value]));
	const at = (id: string): number | null =>
		varied.get(id) ?? assumed(evidence, id)?.central ?? null;
	const transient = at('transient_rate');
	const permanent = at('permanent_rate');
	const clearing = at('clearing');
	if (transient === null || permanent === null || clearing === null)
		return ['the rates are not among the assumptions'];
	const share = varied.get('transient_share');
	const failures = transient + permanent;
	const due =
		share === undefined
			? { transient_rate: transient, permanent_rate: permanent, clearing }
			: { transient_rate: failures * share, permanent_rate: failures * (1 - share), clearing };
	return differing(name, point, due, ['transient_rate', 'permanent_rate', 'clearing']);
}

/** What rounding may come to. */
const ROUNDING = 1e-9;

function estimatesOf(name: string, point: SimulationPoint): string[] {
	const { red_without_flag, red_with_flag, wasted_restarts, hours_added, refused_for_quota } =
		point;
	const shares = { red_without_flag, red_with_flag, wasted_restarts, refused_for_quota };
	return [
		...Object.entries(shares).flatMap(([what, estimate]) =>
			intervalContradictions(`${what} of ${name}`, estimate, 0, 1),
		),
		...intervalContradictions(`hours_added of ${name}`, hours_added, 0, Infinity),
		...wholeContradictions(`red_without_flag of ${name}`, red_without_flag.mean, point.tasks),
		...wholeContradictions(`red_with_flag of ${name}`, red_with_flag.mean, point.tasks),
		...never(
			red_with_flag.mean > red_without_flag.mean + ROUNDING,
			`of ${name} more tasks are said to be red with the flag than without it`,
		),
	];
}

/** The mean is in the middle of its interval, unless that would go beyond what can be. */
function intervalContradictions(
	name: string,
	{ mean, low, high }: Estimate,
	least: number,
	most: number,
): string[] {
	const rounding = ROUNDING * (1 + Math.abs(mean));
	const [below, above] = [mean - low, high - mean];
	const isOrdered = least <= low && low <= mean && mean <= high && high <= most;
	const isEven =
		(low === least && below <= above + rounding) ||
		(high === most && above <= below + rounding) ||
		(low === least && high === most) ||
		Math.abs(below - above) <= rounding;
	// What never varied has no interval; of a share of nothing, nothing is known.
	const isSure =
		(mean === least && low === least && high > mean && high < most) ||
		(mean === least && most === Infinity && high > mean) ||
		(mean === most && low < mean);
	return never(
		!isOrdered || !isEven || isSure,
		`${name} is said to be ${mean}, from ${low} to ${high}`,
	);
}

/** So much of so many is a number of them. */
function wholeContradictions(name: string, mean: number, of: number): string[] {
	const count = mean * of;
	return never(
		Math.abs(count - Math.round(count)) > 1e-6 * Math.max(1, count),
		`${name} is said to be ${mean} of ${of}, which is no whole number of them`,
	);
}

/** Each number at both ends of its range, all shares, and the whole grid: nothing of the sweep is left out. */
function planContradictions(evidence: SimulationEvidence): string[] {
	const { sweep, assumptions, unfinished } = evidence;
	const names = sweep.map(({ varied = [] }) =>
		varied.length === 0 ? 'central' : varied.map(({ id, value }) => `${id} ${value}`).join(', '),
	);
	if (unfinished !== undefined)
		return repeated(names.map((name) => `the point ${name} of the sweep`));
	const ends = assumptions
		.filter(({ id }) => !NOT_SWEPT.includes(id))
		.flatMap(({ id, low, central, high }) =>
			[low, high].filter((value) => value !== central).map((value) => `${id} ${value}`),
		);
	const pairs = sweep.flatMap(({ varied = [] }) => (varied.length === 2 ? [varied] : []));
	const valuesAt = (place: number): string[] => [
		...new Set(pairs.flatMap((pair) => pair[place] ?? []).map(({ id, value }) => `${id} ${value}`)),
	];
	const grid = valuesAt(0).flatMap((share) => valuesAt(1).map((other) => `${share}, ${other}`));
	return listed('the point of the sweep:', names, [
		'central',
		...SWEPT_SHARES.map((share) => `transient_share ${share}`),
		...ends,
		...grid,
	]);
}

function hourContradictions({ by_hour, days, daily_limit }: SimulationEvidence): string[] {
	return [
		...listed(
			'hour',
			by_hour.map(({ hour }) => String(hour)),
			Array.from({ length: 24 }, (_, hour) => String(hour)),
		),
		...by_hour.flatMap(({ hour, slots_in_use, refused, exhausted }) => {
			return [
				...wholeContradictions(`slots in use in hour ${hour}`, slots_in_use.mean, days),
				...wholeContradictions(`refused in hour ${hour}`, refused.mean, days),
				...wholeContradictions(`exhausted in hour ${hour}`, exhausted, days),
				...intervalContradictions(`slots in use in hour ${hour}`, slots_in_use, 0, Infinity),
				...intervalContradictions(`refused in hour ${hour}`, refused, 0, Infinity),
				...never(
					daily_limit > 0 && slots_in_use.mean > daily_limit,
					`${slots_in_use.mean} slots are said to be in use in hour ${hour}, of ${daily_limit}`,
				),
				...never(
					daily_limit === 0 && (exhausted > 0 || refused.mean > 0),
					`the quota is said to be exhausted in hour ${hour}, but it has no limit`,
				),
			];
		}),
	];
}

function breakEvenContradictions(evidence: SimulationEvidence): string[] {
	const { sweep, break_even, project } = evidence;
	const effects = sweep.flatMap(({ varied = [], ...point }): Effect[] => {
		const [one, another] = varied;
		return one?.id !== 'transient_share' || another !== undefined
			? []
			: [
					{
						transient_share: one.value,
						avoided: point.red_without_flag.mean - point.red_with_flag.mean,
						hours: point.hours_added.mean / 100,
					},
				];
	});
	const price = assumed(evidence, 'price_ratio');
	if (price === null) return [];
	if (effects.length < SWEPT_SHARES.length)
		return never(
			break_even.length > 0,
			'a break-even is said to be known, but the sweep did not get there',
		);
	const due = TRIAGE_MINUTES.map((triage_minutes) => {
		const at = (price_ratio: number) => breakEven(effects, { triage_minutes, price_ratio });
		return {
			triage_minutes,
			transient_share: at(price.central),
			by_price_ratio: [price.low, price.central, price.high].map((price_ratio) => ({
				price_ratio,
				transient_share: at(price_ratio),
			})),
		};
	});
	return [
		...listed(
			'the break-even at minutes',
			break_even.map((row) => String(row.triage_minutes)),
			due.map((row) => String(row.triage_minutes)),
		),
		...break_even.flatMap((row) => {
			const made = due.find(({ triage_minutes }) => triage_minutes === row.triage_minutes);
			const isSame =
				made === undefined ||
				same(
					row,
					row.by_price_ratio === undefined && project.digest === null
						? { ...made, by_price_ratio: undefined }
						: made,
				);
			return never(
				!isSame,
				`the break-even at ${row.triage_minutes} minutes is said to be ${row.transient_share}, but the sweep comes to ${made?.transient_share} and other prices likewise`,
			);
		}),
	];
}

function formContradictions({
	closed_forms,
	unfinished,
	project,
	tasks_per_day,
}: SimulationEvidence): string[] {
	const expectedOf = (beginning: string, kind: string): number | undefined =>
		closed_forms.find(({ name }) => name.startsWith(beginning) && name.endsWith(kind))?.expected;
	return [
		...repeated(closed_forms.map(({ name }) => `the figure "${name}"`)),
		...never(
			unfinished === undefined && project.digest !== null && closed_forms.length !== CLOSED_FORMS,
			`${CLOSED_FORMS} figures should be held against closed forms, but ${closed_forms.length} are`,
		),
		...['(ordinary days)', '(outage days)'].flatMap((kind) => {
			const restarts = expectedOf('automatic restarts a task', kind);
			const slots = expectedOf('slots in use', kind);
			return never(
				restarts !== undefined && slots !== undefined && restarts * tasks_per_day !== slots,
				`${slots} slots are expected, but ${restarts} restarts of each of ${tasks_per_day} tasks a day ${kind}`,
			);
		}),
		...closed_forms.flatMap(({ name, expected, simulated, allowed, agrees: said }) => {
			// Files of before it was kept say no more than the interval, which is narrower.
			const { mean, low, high } = simulated;
			const within = low <= expected && expected <= high;
			const judged = allowed === null ? said || within : agrees(mean, expected, allowed);
			return [
				...intervalContradictions(`the figure "${name}"`, simulated, -Infinity, Infinity),
				...never(
					said !== judged,
					`the figure "${name}" is said ${said ? 'to agree' : 'not to agree'} with its closed form, but it is ${mean} where ${expected} is expected`,
				),
				...never(
					allowed === null ? project.digest !== null : allowed < high - mean,
					`the figure "${name}" may differ by ${allowed}, but its interval is wider`,
				),
			];
		}),
	];
}
