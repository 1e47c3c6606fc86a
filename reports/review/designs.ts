import { designsCommand, verifyCommand } from '../wording/commands.ts';
import { CLAIM_VERDICTS } from '../wording/verdicts.ts';
import { answerOfDecision, answerOfMatrix } from './answers.ts';
import { chosenFirst, DECISION, OPTIONS } from './decision.ts';
import type { Block, Options, Section, Table } from './document.ts';
import { makesFor, type ReviewInput } from './input.ts';
import { type Matrix, matrix } from './matrix.ts';

/** What was decided, and why the other options fell. */
export const decision = (input: ReviewInput): Section => ({
	id: 'decision',
	title: 'The decision',
	short: 'Decision',
	answer: answerOfDecision(input),
	lead: DECISION.problem,
	source: input.designs === null ? null : designsCommand(input.designs),
	blocks: [
		{ kind: 'paragraph', chosen: true, strong: 'Decided.', text: [DECISION.chosen] },
		{
			kind: 'options',
			of: chosenFirst(OPTIONS).map((option) => ({ ...option, claimed: claimed(input, option) })),
		},
	],
});

function claimed(
	input: ReviewInput,
	{ claim }: (typeof OPTIONS)[number],
): Options['of'][number]['claimed'] {
	const found = input.designs?.claims.find(({ id }) => id === claim);
	return found === undefined
		? {
				verdict: null,
				sentence: `claim not put on trial (${claim})`,
				because: null,
				command: makesFor(input).designs,
			}
		: {
				verdict: CLAIM_VERDICTS[found.verdict],
				sentence: `claim ${found.verdict} (${claim})`,
				because: found.because,
				command: null,
			};
}

/** Designs times guarantees, then what is no guarantee but decides. `drawn`: anchors of the stories that are drawn. */
export function sideBySide(input: ReviewInput, drawn: ReadonlySet<string>): Section {
	const { designs, evidence } = input;
	const { columns, rows, facts } = matrix(input);
	const trial = designs === null ? null : designsCommand(designs);
	return {
		id: 'matrix',
		title: 'The designs, side by side',
		short: 'Matrix',
		answer: answerOfMatrix({ columns, rows, facts }),
		lead: 'Each design was built as its advocates would. A row is a promise; a cell says whether the design keeps it. A broken one links to the story that shows it.',
		source: trial ?? (evidence === null ? null : verifyCommand(evidence)),
		blocks: [
			...missing(input, 'The designs were not put on trial beside each other (no designs.json).'),
			{
				kind: 'designs',
				columns,
				rows: rows.map(({ cells, ...row }) => ({
					...row,
					// A story that is not drawn is counted where the others are.
					cells: cells.map(({ anchor, ...cell }) => ({
						...cell,
						anchor: cell.verdict === 'violated' && !drawn.has(anchor ?? '') ? 'stories' : anchor,
					})),
				})),
			},
			...(facts.length === 0 ? [] : [factsTable(columns, facts)]),
		],
	};
}

/** What is no guarantee but decides, one column a design. */
export const factsTable = (columns: Matrix['columns'], facts: Matrix['facts']): Table => ({
	kind: 'table',
	title: 'No guarantee, but it decides',
	label: 'Facts about the designs',
	head: ['fact', ...columns.map(({ name }) => name), 'from'],
	wide: ['from'],
	rows: facts.map(({ label, values, source }) => [
		label,
		...values.map(({ value }) => value),
		source,
	]),
	look: 'facts',
});

/** What to say where the designs were not put on trial. */
export const missing = (input: ReviewInput, what: string): Block[] =>
	input.designs === null ? [{ kind: 'missing', what, command: makesFor(input).designs }] : [];
