import { brokenStories } from '../review/broken.ts';
import { capped } from '../review/caps.ts';
import { changesSince } from '../review/changes-since.ts';
import { DECISION, OPTIONS } from '../review/decision.ts';
import { headline } from '../review/headline.ts';
import { MAKES, type ReviewInput, replayCommand } from '../review/input.ts';
import { matrix } from '../review/matrix.ts';
import { notCovered } from '../review/not-covered.ts';
import { reproductions } from '../review/reproduce.ts';
import { STATEMENTS, traces } from '../review/traceability.ts';
import type { Verdict } from '../verdict.ts';
import { sayBounds } from '../wording/bounds.ts';
import { between, grouped, percent } from '../wording/figures.ts';
import { sequenceDiagram, stateDiagram } from './diagrams.ts';
import { plain, shell, table } from './text.ts';

const MARKS: Record<Verdict, string> = {
	holds: '✓ holds',
	violated: '✕ broken',
	unknown: '? unknown',
};

/** Stories that are drawn; GitHub refuses pages with very many diagrams. */
const STORIES = 20;

/** The review as Markdown that GitHub renders, diagrams included. */
export const reviewMarkdown = (input: ReviewInput): string =>
	`${[
		...verdictPart(input),
		...decisionPart(input),
		...matrixPart(input),
		...storiesPart(input),
		...machinesPart(input),
		...coveragePart(input),
		...costsPart(input),
		...traceabilityPart(input),
		...sincePart(input),
		...reproducePart(input),
		'## What is not covered',
		'',
		...notCovered(input).map((line) => `- ${plain(line)}`),
	].join('\n')}\n`;

const missing = (what: string, command: string): string[] => [
	`**Missing:** ${what} This makes it:`,
	'',
	shell(command),
	'',
];

function verdictPart(input: ReviewInput): string[] {
	const { verdict, sentence, bound } = headline(input);
	return [
		'# Design review: automatic retry of CI tasks',
		'',
		`**${MARKS[verdict]}.** ${plain(sentence)}`,
		'',
		`**The bound.** ${plain(bound)}`,
		'',
	];
}

const decisionPart = ({ designs }: ReviewInput): string[] => [
	'## The decision',
	'',
	DECISION.problem,
	'',
	`**Decided.** ${DECISION.chosen}`,
	...table(
		['option', '', 'why', 'claim, checked'],
		OPTIONS.map(({ option, name, fate, what, why, claim }) => {
			const found = designs?.claims.find(({ id }) => id === claim);
			return [
				`${option}: ${name}`,
				fate === 'chosen' ? '**● chosen**' : '○ rejected',
				`${what} ${why}`,
				found === undefined
					? `${claim}: not put on trial`
					: `**${claim} ${found.verdict}**: ${plain(found.because)}`,
			];
		}),
	),
];

function matrixPart(input: ReviewInput): string[] {
	const { columns, rows, facts } = matrix(input);
	return [
		'## Four designs, side by side',
		'',
		...(input.designs === null
			? missing('the four designs were not put on trial beside each other.', MAKES.designs)
			: []),
		...table(
			['guarantee', ...columns.map(({ option, name }) => `${option}: ${name}`)],
			rows.map(({ id, name, cells }) => [
				`**${plain(id)}** ${plain(name)}`,
				...cells.map(({ verdict, note }) =>
					verdict === null
						? '– not tried'
						: `${MARKS[verdict]}${note === '' ? '' : `, ${plain(note)}`}`,
				),
			]),
		),
		...(facts.length === 0
			? []
			: table(
					['fact', ...columns.map(({ name }) => name), 'from'],
					facts.map(({ label, values, source }) => [
						plain(label),
						...values.map(({ value }) => plain(value)),
						plain(source),
					]),
				)),
	];
}

function storiesPart(input: ReviewInput): string[] {
	const { shown, cut } = capped(brokenStories(input), STORIES);
	return [
		'## Stories of broken promises',
		'',
		...(input.evidence !== null && !shown.some(({ kind }) => kind === 'finding')
			? ['Nothing was found: no story broke a guarantee of the chosen design.', '']
			: []),
		...shown.flatMap(({ guarantee, where, events, sentence, notes, story, token, kind }) => [
			`### ✕ ${plain(guarantee)}, ${plain(where)}, ${events} events${kind === 'canary' ? ' (had to be caught)' : ''}`,
			'',
			plain(sentence),
			'',
			...notes.flatMap((note) => [plain(note), '']),
			...(story === null ? [] : [...sequenceDiagram(story), '']),
			token === null ? 'The story is too large for a token.' : shell(replayCommand(token)),
			'',
		]),
		...(cut === 0
			? []
			: [`${cut} more are not drawn here; review.html and the evidence hold them.`, '']),
	];
}

const machinesPart = ({ evidence }: ReviewInput): string[] => [
	'## The machines',
	'',
	'How often each transition was taken. Those that stay in their state are in review.html.',
	'',
	...(evidence === null || evidence.graphs.length === 0
		? missing('the evidence holds no counts of transitions.', MAKES.evidence)
		: evidence.graphs.flatMap((graph) => {
				const taken = graph.transitions.filter(({ count }) => count > 0).length;
				return [
					`### ${plain(graph.machine)}: ${taken} of ${graph.transitions.length} transitions taken`,
					'',
					...stateDiagram(graph),
					'',
				];
			})),
];

function coveragePart({ evidence }: ReviewInput): string[] {
	if (evidence === null)
		return ['## How hard it was tried', '', ...missing('there is no evidence.', MAKES.evidence)];
	const { canary, sources, checks, guarantees } = evidence;
	return [
		'## How hard it was tried',
		'',
		canary.caught
			? `✓ Canary caught: the known breakage “${plain(canary.name)}”, after ${canary.stories} stories.`
			: `✕ Canary missed: “${plain(canary.name)}”. Nothing above counts.`,
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
					checks.map(({ configuration, verdict, states, generated, depth, covers, bounds }) => [
						plain(configuration),
						MARKS[verdict],
						grouped(states),
						grouped(generated),
						grouped(depth),
						plain(`${covers} ${sayBounds(bounds)}`),
					]),
				)),
		...table(
			['guarantee', 'verdict', 'stories', 'events', 'what is promised'],
			guarantees.map(({ id, name, verdict, reason, stories, mattered, statement }) => [
				`**${plain(id)}** ${plain(name)}`,
				`${MARKS[verdict]}${reason === null ? '' : `: ${plain(reason)}`}`,
				grouped(stories),
				grouped(mattered),
				plain(statement),
			]),
		),
	];
}

function costsPart({ simulation }: ReviewInput): string[] {
	if (simulation === null)
		return [
			'## What it buys, and what it costs',
			'',
			...missing('cost and benefit were not simulated.', MAKES.simulation),
		];
	const { project, central, days, tasks_per_day, assumptions, break_even } = simulation;
	const share = (value: number): string => percent(value);
	return [
		'## What it buys, and what it costs',
		'',
		`${plain(project.file)}: ${project.flagged_tasks} of ${project.tasks} tasks have a flagged command; ${grouped(days)} days of ${grouped(tasks_per_day)} tasks. Every rate is an assumption from public sources, swept and not fixed.`,
		...table(
			['at central values', ''],
			[
				['tasks red without the flag', between(central.red_without_flag, share)],
				['tasks red with it', between(central.red_with_flag, share)],
				['restarts wasted', between(central.wasted_restarts, share)],
				['machine hours added per 100 tasks', between(central.hours_added)],
				['marks refused for quota', between(central.refused_for_quota, share)],
			],
		),
		...table(
			['minutes of a person saved a red task', 'the flag pays from this transient share on'],
			break_even.map(({ triage_minutes, transient_share }) => [
				String(triage_minutes),
				transient_share === null ? 'nowhere' : percent(transient_share),
			]),
		),
		...table(
			['assumption', 'low', 'central', 'high', 'source'],
			assumptions.map(({ label, low, central: middle, high, source }) => [
				plain(label),
				...[low, middle, high].map((value) => String(Number(value.toPrecision(3)))),
				plain(source),
			]),
		),
	];
}

const traceabilityPart = (input: ReviewInput): string[] => [
	'## From statement to evidence',
	'',
	'Statements of the decision record of 2023-11-20, in our words.',
	...table(
		['where', 'statement', 'tested by'],
		STATEMENTS.map(({ part, statement, tested_by }) => [part, statement, tested_by.join(', ')]),
	),
	...table(
		['id', 'judged in', 'evidence', 'shown by'],
		traces(input).map(({ id, name, judge, evidence, replay }) => [
			`**${plain(id)}** ${plain(name)}`,
			`\`${judge.replaceAll(/[`|]/g, '')}\``,
			plain(evidence),
			replay === null || replay.length > 200 ? 'its story above' : plain(replay),
		]),
	),
];

function sincePart({ evidence, since }: ReviewInput): string[] {
	if (since === null || evidence === null) return [];
	const { added, resolved, open, verdicts } = changesSince(since.evidence, evidence);
	const lines = (title: string, issues: typeof added): string[] => [
		`**${title}: ${issues.length}**`,
		'',
		...issues.map(({ key, sentence }) => `- ${plain(key)}: ${plain(sentence)}`),
		...(issues.length === 0 ? [] : ['']),
	];
	return [
		`## What changed since ${plain(since.file)}`,
		'',
		...lines('✕ New', added),
		...lines('✓ Resolved', resolved),
		...lines('○ Still open', open),
		...verdicts.map(
			({ id, was, is }) => `- ${plain(id)}: ${was ?? 'not there'} → ${is ?? 'not there'}`,
		),
		'',
	];
}

const reproducePart = (input: ReviewInput): string[] => [
	'## How to reproduce',
	'',
	...reproductions(input).flatMap(({ what, command, made }) => [
		`**${what}**: ${made === null ? 'missing' : plain(made)}`,
		'',
		shell(command),
		'',
	]),
];
