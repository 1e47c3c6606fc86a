import type { CheckEvidence } from '../evidence/check-evidence.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { halvesOf, neverOf } from '../judging/halves.ts';
import { FLOOR_STORIES, thinHalves } from '../judging/thin.ts';
import { sayBounds } from '../wording/bounds.ts';
import { fateOf, NOTHING_COUNTS, sayCanary } from '../wording/canary.ts';
import { verifyCommand } from '../wording/commands.ts';
import { sayUnknown } from '../wording/ending.ts';
import { grouped, plural } from '../wording/figures.ts';
import { sayHalves, sayNever } from '../wording/halves.ts';
import { answerOfCoverage, answerOfMachines } from './answers.ts';
import type { Block, Paragraph, Section, Table } from './document.ts';
import { makesFor, type ReviewInput } from './input.ts';
import { projectSection } from './project.ts';

/** What was exercised, and what shows that a fault would have been seen. */
export const coverage = (input: ReviewInput): Section => ({
	id: 'coverage',
	title: 'How hard it was tried',
	short: 'Coverage',
	answer: answerOfCoverage(input),
	lead: 'A guarantee that was never exercised is unknown, not kept. A verification that misses its canary proves nothing.',
	source: input.evidence === null ? null : verifyCommand(input.evidence),
	blocks:
		input.evidence === null
			? [
					{
						kind: 'missing',
						what: 'There is no evidence of a verification.',
						command: makesFor(input).evidence,
					},
				]
			: // What is wrong with the project stands in its own section.
				coverageOf(
					projectSection(input) === null ? input.evidence : { ...input.evidence, project: null },
				),
});

/** The same of a verification by itself. */
export const coverageOf = (evidence: Evidence): Block[] => [
	canary(evidence),
	sources(evidence),
	...checked(evidence.checks),
	guarantees(evidence),
	...foldedSituations(evidence),
	...warnings(evidence),
];

function canary({ canary, shard }: Evidence): Paragraph {
	const fate = fateOf(canary);
	const rest = fate === 'caught' || shard !== null ? '' : `: ${NOTHING_COUNTS}`;
	return {
		kind: 'paragraph',
		verdict: fate === 'caught' ? 'holds' : 'violated',
		strong: `Canary ${fate}.`,
		text: [
			'The known breakage “',
			{ said: canary.name },
			`” was ${sayCanary(canary, shard)}${rest}`,
			...(fate !== 'caught' || canary.sentence === null
				? ['.']
				: [': ', { said: canary.sentence }]),
		],
	};
}

export const sources = ({ sources }: Evidence): Table => ({
	kind: 'table',
	title: 'Stories, by where they came from',
	label: 'Sources of stories',
	head: ['source', 'stories', 'verdict'],
	numbers: ['stories'],
	rows: sources.map(({ name, stories, verdict, note }) => [
		name,
		grouped(stories),
		{ verdict, note },
	]),
});

/** What the checker went through: every state, up to the bounds of each configuration. */
export const checked = (checks: Evidence['checks']): Block[] =>
	checks.length === 0 ? [] : [checksTable(checks), ...halves(checks)];

/** The halves of guarantees that the checker put to the test; nothing where they were not counted. */
function halves(checks: Evidence['checks']): Paragraph[] {
	const counted = halvesOf(checks);
	if (counted === null) return [];
	const { never } = counted;
	const names = never.length === 0 ? '' : `: ${never.join(', ')}`;
	return [
		{
			kind: 'paragraph',
			strong: 'Halves of the guarantees in the checker:',
			text: [` ${sayHalves(counted)}${names}.`],
		},
	];
}

/** One row for each configuration. */
export const checksTable = (checks: Evidence['checks']): Table => ({
	kind: 'table',
	title: 'Configurations of the checker',
	label: 'Configurations of the checker',
	head: ['configuration', 'states', 'steps', 'depth', 'seconds', 'verdict', 'what and up to where'],
	numbers: ['states', 'steps', 'depth', 'seconds'],
	wide: ['what and up to where'],
	rows: checks.map(
		({ configuration, verdict, states, generated, depth, seconds, covers, bounds, ...rest }) => [
			configuration,
			grouped(states),
			grouped(generated),
			grouped(depth),
			seconds.toFixed(1),
			{ verdict, note: verdict === 'unknown' ? sayUnknown(rest) : null },
			`${covers} ${sayBounds(bounds)}`,
		],
	),
});

export const guarantees = ({ guarantees }: Evidence): Table => ({
	kind: 'table',
	title: 'Guarantees, and how often each was exercised',
	label: 'Guarantees',
	head: ['guarantee', 'verdict', 'stories', 'events', 'what is promised'],
	numbers: ['stories', 'events'],
	wide: ['what is promised'],
	rows: guarantees.map(({ id, name, verdict, reason, stories, exercised, statement, fairness }) => [
		{ id, name },
		{ verdict, note: reason },
		grouped(stories),
		grouped(exercised),
		`${statement}${fairness === null ? '' : ` Assumed: ${fairness}`}`,
	]),
});

/** Kinds of moment in which a half of a guarantee is put to the test; null in evidence of before they were counted. */
export function situations(evidence: Evidence): Table | null {
	if (evidence.situations.length === 0) return null;
	const thin = new Set(thinHalves(evidence).map(({ name }) => name));
	return {
		kind: 'table',
		label: 'Situations',
		head: ['situation', 'of', 'stories', 'events', 'thin', 'what is meant'],
		numbers: ['stories', 'events'],
		wide: ['what is meant'],
		rows: evidence.situations.map(({ name, guarantee, certain, stories, events, sentence }) => [
			name,
			guarantee,
			grouped(stories),
			grouped(events),
			thin.has(name) ? `thin: ${certain} of ${FLOOR_STORIES}` : '',
			sentence,
		]),
	};
}

function foldedSituations(evidence: Evidence): Block[] {
	const table = situations(evidence);
	const summary = `${plural(evidence.situations.length, 'situation')}, and how often each was reached: ${thinHalves(evidence).length} hardly`;
	return table === null ? [] : [{ kind: 'folded', summary: [summary], blocks: [table] }];
}

/** Guarantees, and in how many configurations the checker could say something of each. */
export const checkedGuarantees = ({
	guarantees,
	checks,
}: Pick<CheckEvidence, 'guarantees' | 'checks'>): Table => ({
	kind: 'table',
	label: 'Guarantees',
	head: ['guarantee', 'configurations', 'verdict'],
	numbers: ['configurations'],
	rows: guarantees.map(({ id, name, verdict, reason, holds_in, violated_in }) => [
		{ id, name },
		String(holds_in.length + violated_in.length),
		{
			verdict,
			note:
				verdict === 'violated'
					? violated_in.join(', ')
					: verdict === 'holds'
						? sayNever(neverOf(id, checks))
						: reason,
		},
	]),
});

/** What the import of the project left out, or took otherwise than it may be meant. */
const warnings = ({ project }: Evidence): Block[] =>
	project === null || project.warnings.length === 0
		? []
		: [
				{
					kind: 'folded',
					summary: [
						`${plural(project.warnings.length, 'warning')} of the import of `,
						{ said: project.file },
					],
					blocks: [{ kind: 'points', of: project.warnings.map((said) => [{ said }]) }],
				},
			];

/** How often each transition of the machines was taken. */
export const machines = (input: ReviewInput): Section => ({
	id: 'machines',
	title: 'The machines',
	short: 'Machines',
	answer: answerOfMachines(input),
	lead: "The model's state machines. An arrow says how often it was taken.",
	handling: 'The more often, the darker and thicker it is; one that was never taken is dashed.',
	source: input.evidence === null ? null : verifyCommand(input.evidence),
	blocks: [
		input.evidence === null || input.evidence.graphs.length === 0
			? {
					kind: 'missing',
					what: 'The evidence holds no counts of transitions.',
					command: makesFor(input).evidence,
				}
			: { kind: 'machines', design: input.evidence.design, of: input.evidence.graphs },
	],
});
