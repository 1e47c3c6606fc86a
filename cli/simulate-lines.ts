import type {
	Estimate,
	SimulationEvidence,
	SimulationPoint,
} from '../reports/evidence/simulation-evidence.ts';
import { doubtOf, sayAdvice } from '../reports/wording/advice.ts';
import { AGREEMENT } from '../reports/wording/agreement.ts';
import { simulateCommand, withOutput } from '../reports/wording/commands.ts';
import { figure, isOfNothing, plural } from '../reports/wording/figures.ts';
import { FIGURES, sayDays, sayFlaggedTasks } from '../reports/wording/simulation.ts';
import { firstLine, lastLine, SHOW } from './ending-lines.ts';
import { table } from './table.ts';

const percent = (share: number, digits = 2): string => `${(share * 100).toFixed(digits)} %`;

const between = (
	{ mean, low, high }: Estimate,
	say: (value: number) => string,
): readonly string[] => [say(mean), `${say(low)} to ${say(high)}`];

const shareBetween = (share: Estimate): readonly string[] =>
	isOfNothing(share) ? ['not known', 'there was none'] : between(share, percent);

/** What is printed beside the evidence. */
export interface Around {
	/** Where the report is. */
	readonly written: readonly string[];
	/** Whether all is printed that is known, not only what is asked first. */
	readonly verbose: boolean;
	/** What `--output` said. */
	readonly output?: string | undefined;
}

/** A simulation, as it is printed: the answer, what it rests on, and the answer again. */
export function simulationLines(
	evidence: SimulationEvidence,
	{ written, verbose, output }: Around,
): string[] {
	const { project, central, by_hour, seed, seconds } = evidence;
	const doubt = doubtOf(evidence);
	const worst = by_hour.reduce((most, hour) => Math.max(most, hour.exhausted), 0);
	return [
		firstLine(doubt === null ? 'simulated' : 'unknown', doubt ?? sayAdvice(evidence), [
			project.file,
			`seed ${seed}`,
		]),
		'',
		`${sayFlaggedTasks(project)}, ${project.flagged_commands} of ${plural(project.commands, 'command')}`,
		`${sayDays(evidence)}, ${seconds.toFixed(1)} s; intervals are 95 %, days are batches`,
		'',
		...centralTable(central),
		`quota: exhausted on ${percent(worst, 0)} of days in the worst hour`,
		'',
		...breakEvenLines(evidence),
		'',
		...(verbose
			? [
					...sweepTable(evidence),
					'',
					...closedFormLines(evidence),
					'',
					...assumptionLines(evidence),
				]
			: inShort(evidence, [SHOW, ...written].join(', or '))),
		'Not simulated: task groups that restart as a whole, display tasks, tasks that wait for others or for a host.',
		'',
		`report    ${written.join('  ') || 'not written'}`,
		'',
		lastLine(
			{ verdict: doubt === null ? 'simulated' : 'unknown', reason: doubt },
			withOutput(simulateCommand(evidence), output),
		),
	];
}

/** What was swept, foretold and assumed, as how many there are and where they stand. */
const inShort = (
	{ sweep, closed_forms, assumptions }: SimulationEvidence,
	seen: string,
): string[] => [
	`checked   ${closed_forms.filter(({ agrees }) => agrees).length} of ${closed_forms.length} closed forms agree`,
	`assumed   ${assumptions.length} figures, none measured on this project; swept over ${sweep.length} points`,
	`details   ${seen}`,
];

export const centralTable = (central: SimulationPoint): string[] => [
	table(
		[
			['at central values', 'mean', '95 %'],
			...FIGURES.map(({ what, of, isShare }) => [
				what,
				...(isShare
					? shareBetween(central[of])
					: between(central[of], (value) => value.toFixed(2))),
			]),
		],
		new Set([1, 2]),
	),
];

function sweepTable({ sweep, assumptions }: SimulationEvidence): string[] {
	const names = new Set(assumptions.map(({ id }) => id));
	const rows = sweep.flatMap((point) => {
		const [varied, another] = point.varied ?? [];
		if (another !== undefined || (varied !== undefined && !names.has(varied.id))) return [];
		return [
			[
				varied === undefined ? 'central, on as many days' : `${varied.id} ${figure(varied.value)}`,
				percent(point.red_without_flag.mean),
				percent(point.red_with_flag.mean),
				percent(point.wasted_restarts.mean, 0),
				point.hours_added.mean.toFixed(2),
				percent(point.refused_for_quota.mean, 0),
			],
		];
	});
	if (rows.length === 0) return ['the sweep was not begun'];
	return [
		table(
			[['one at a time', 'red without', 'red with', 'wasted', 'hours/100', 'refused'], ...rows],
			new Set([1, 2, 3, 4, 5]),
		),
	];
}

function breakEvenLines({ break_even, assumptions }: SimulationEvidence): string[] {
	const price = assumptions.find(({ id }) => id === 'price_ratio');
	if (break_even.length === 0 || price === undefined) return ['break-even: not known'];
	const say = (share: number | null): string => (share === null ? 'nowhere' : percent(share, 1));
	return [
		`the flag pays from this share of transient failures on, where a person's hour costs as much as so many machine hours:`,
		table(
			[
				['minutes saved a red task', ...[price.low, price.central, price.high].map(String)],
				...break_even.map(({ triage_minutes, by_price_ratio = [] }) => [
					String(triage_minutes),
					...by_price_ratio.map(({ transient_share }) => say(transient_share)),
				]),
			],
			new Set([0, 1, 2, 3]),
		),
	];
}

const closedFormLines = ({ closed_forms }: SimulationEvidence): string[] =>
	closed_forms.length === 0
		? ['closed forms: not reached']
		: [
				table(
					[
						['closed form', 'expected', 'simulated', ''],
						...closed_forms.map(({ name, expected, simulated, agrees }) => [
							name,
							expected.toPrecision(5),
							simulated.mean.toPrecision(5),
							agrees ? 'agrees' : 'MISSED',
						]),
					],
					new Set([1, 2]),
				),
				AGREEMENT,
			];

const assumptionLines = ({ assumptions }: SimulationEvidence): string[] => [
	table(
		[
			['assumption', 'low', 'central', 'high', 'unit'],
			...assumptions.map(({ id, low, central, high, unit }) => [
				id,
				...[low, central, high].map(figure),
				unit,
			]),
		],
		new Set([1, 2, 3]),
	),
	'What each is, and its source, stands in the report. All are assumptions: none was measured on this project.',
];
