import { sayLeftOut } from '../review/costs-of.ts';
import { makesFor, type ReviewInput } from '../review/input.ts';
import { AGREEMENT } from '../wording/agreement.ts';
import { sayBounds } from '../wording/bounds.ts';
import { fateOf } from '../wording/canary.ts';
import { sayUnknown } from '../wording/ending.ts';
import { between, figure, grouped, percent, plural, shareBetween } from '../wording/figures.ts';
import { MARKS, missing } from './marks.ts';
import { plain, table } from './text.ts';

/** Warnings of a project that are listed; the evidence holds all of them. */
const WARNINGS = 50;

/** What was exercised, and what shows that a fault would have been seen. */
export function coveragePart(input: ReviewInput): string[] {
	const { evidence } = input;
	if (evidence === null)
		return [
			'## How hard it was tried',
			'',
			...missing('there is no evidence.', makesFor(input).evidence),
		];
	const { canary, sources, checks, guarantees, project } = evidence;
	const warnings = project?.warnings ?? [];
	const fate = fateOf(canary);
	return [
		'## How hard it was tried',
		'',
		fate === 'caught'
			? `✓ Canary caught: the known breakage “${plain(canary.name)}”, after ${plural(canary.stories, 'story')}.`
			: `✕ Canary ${fate}: “${plain(canary.name)}”. Nothing above counts.`,
		...table(
			['source', 'stories', 'verdict'],
			sources.map(({ name, stories, verdict, note }) => [
				plain(name),
				grouped(stories),
				`${MARKS[verdict]}${note === null ? '' : `: ${plain(note)}`}`,
			]),
		),
		...(checks.length === 0
			? []
			: table(
					['configuration', 'verdict', 'states', 'steps', 'depth', 'what and up to where'],
					checks.map(
						({ configuration, verdict, states, generated, depth, covers, bounds, ...rest }) => [
							plain(configuration),
							`${MARKS[verdict]}${verdict === 'unknown' ? `: ${sayUnknown(rest)}` : ''}`,
							grouped(states),
							grouped(generated),
							grouped(depth),
							plain(`${covers} ${sayBounds(bounds)}`),
						],
					),
				)),
		...table(
			['guarantee', 'verdict', 'stories', 'events', 'what is promised'],
			guarantees.map(({ id, name, verdict, reason, stories, exercised, statement }) => [
				`**${plain(id)}** ${plain(name)}`,
				`${MARKS[verdict]}${reason === null ? '' : `: ${plain(reason)}`}`,
				grouped(stories),
				grouped(exercised),
				plain(statement),
			]),
		),
		...(project === null || warnings.length === 0
			? []
			: [
					`${plural(warnings.length, 'warning')} of the import of ${plain(project.file)}:`,
					'',
					...warnings.slice(0, WARNINGS).map((warning) => `- ${plain(warning)}`),
					...(warnings.length > WARNINGS
						? [`- … and ${warnings.length - WARNINGS} more in evidence.json`]
						: []),
					'',
				]),
	];
}

/** What the flag buys and what it costs. */
export function costsPart(input: ReviewInput): string[] {
	const { simulation } = input;
	const leftOut = sayLeftOut(input);
	if (simulation === null)
		return [
			'## What it buys, and what it costs',
			'',
			...missing(
				`cost and benefit were not simulated${leftOut === null ? '' : `: ${plain(leftOut)}`}`.replace(
					/\.?$/,
					'.',
				),
				makesFor(input).simulation,
			),
		];
	const { project, central, days, tasks_per_day, daily_limit } = simulation;
	const { assumptions, break_even, closed_forms, unfinished } = simulation;
	return [
		'## What it buys, and what it costs',
		'',
		`${plain(project.file)}: ${grouped(project.flagged_tasks)} of ${plural(project.tasks, 'task instance')} (a task on a variant) ${project.flagged_tasks === 1 ? 'has' : 'have'} a flagged command that can fail ${project.flagged_tasks === 1 ? 'it' : 'them'}; ${plural(days, 'day')} of ${plural(tasks_per_day, 'task')}, ${daily_limit === 0 ? 'no limit' : `at most ${plural(daily_limit, 'automatic restart')} a day`}. Every rate is an assumption from public sources, swept and not fixed.`,
		...(unfinished === undefined
			? []
			: ['', `**Not all of it was simulated:** ${plain(unfinished)}`]),
		...table(
			['at central values', ''],
			[
				['tasks red without the flag', shareBetween(central.red_without_flag)],
				['tasks red with it', shareBetween(central.red_with_flag)],
				['restarts wasted', shareBetween(central.wasted_restarts)],
				['machine hours added per 100 tasks', between(central.hours_added)],
				['marks refused for quota', shareBetween(central.refused_for_quota)],
			],
		),
		...(break_even.length === 0
			? ['It is not known from where on the flag pays: the sweep was not reached.', '']
			: table(
					['minutes of a person saved a red task', 'the flag pays from this transient share on'],
					break_even.map(({ triage_minutes, transient_share }) => [
						String(triage_minutes),
						transient_share === null ? 'nowhere' : percent(transient_share),
					]),
				)),
		...table(
			['assumption', 'low', 'central', 'high', 'source'],
			assumptions.map(({ label, low, central: middle, high, source }) => [
				plain(label),
				...[low, middle, high].map(figure),
				plain(source),
			]),
		),
		...(closed_forms.length === 0
			? ['', 'The closed forms were not reached: no figure was checked against one.', '']
			: [
					...table(
						['closed form', 'expected', 'simulated', 'agrees'],
						closed_forms.map(({ name, expected, simulated, agrees }) => [
							plain(name),
							expected.toPrecision(4),
							between(simulated, (value) => value.toPrecision(4)),
							agrees ? '✓ yes' : '✕ no',
						]),
					),
					AGREEMENT,
					'',
				]),
	];
}
