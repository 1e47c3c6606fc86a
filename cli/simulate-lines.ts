import type {
	Estimate,
	SimulationEvidence,
	SimulationPoint,
} from '../reports/evidence/simulation-evidence.ts';
import {
	assumptionsTable,
	breakEvenTable,
	closedFormsTable,
	sayAgreeing,
} from '../reports/review/costs.ts';
import { doubtOf, sayAdvice } from '../reports/wording/advice.ts';
import { AGREEMENT } from '../reports/wording/agreement.ts';
import { simulateCommand, withOutput } from '../reports/wording/commands.ts';
import { figure, isOfNothing, percent, plural } from '../reports/wording/figures.ts';
import { FIGURES, sayDays, sayFlaggedTasks } from '../reports/wording/simulation.ts';
import { firstLine, lastLine, SHOW } from './ending-lines.ts';
import { drawnTable, table } from './table.ts';

const between = (
	{ mean, low, high }: Estimate,
	say: (value: number) => string,
): readonly string[] => [say(mean), `${say(low)} to ${say(high)}`];

const shareBetween = (share: Estimate): readonly string[] =>
	isOfNothing(share)
		? ['not known', 'there was none']
		: between(share, (value) => percent(value, 2));

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
const inShort = (evidence: SimulationEvidence, seen: string): string[] => [
	`checked   ${sayAgreeing(evidence)}`,
	`assumed   ${evidence.assumptions.length} figures, none measured on this project; swept over ${evidence.sweep.length} points`,
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
				percent(point.red_without_flag.mean, 2),
				percent(point.red_with_flag.mean, 2),
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

function breakEvenLines(evidence: SimulationEvidence): string[] {
	const found = breakEvenTable(evidence);
	return found === null ? ['break-even: not known'] : [`${found.label}:`, drawnTable(found)];
}

const closedFormLines = (evidence: SimulationEvidence): string[] =>
	evidence.closed_forms.length === 0
		? ['closed forms: not reached']
		: [drawnTable(closedFormsTable(evidence)), AGREEMENT];

const assumptionLines = (evidence: SimulationEvidence): string[] => [
	drawnTable(assumptionsTable(evidence)),
	'What each is, and its source, stand in the review. All are assumptions: none was measured on this project.',
];
