import { verifyCommand } from '../wording/commands.ts';
import { plural } from '../wording/figures.ts';
import { anchorOfWord, FIELD, OURS } from '../wording/glossary.ts';
import { answerOfSince, answerOfTraceability } from './answers.ts';
import { changesSince } from './changes-since.ts';
import type { Block, Section } from './document.ts';
import { makesFor, type ReviewInput } from './input.ts';
import { notCovered } from './not-covered.ts';
import { reproductions } from './reproduce.ts';
import { STATEMENTS, traces } from './traceability.ts';

/** From a statement to what shows it. */
export function traceability(input: ReviewInput): Section {
	const all = traces(input);
	const linked = (id: string) => {
		const found = all.find((one) => one.id === id);
		return { id, name: found?.name ?? '', anchor: found === undefined ? null : `trace-${id}` };
	};
	return {
		id: 'traceability',
		title: 'From statement to evidence',
		short: 'Traceability',
		answer: answerOfTraceability(STATEMENTS.length, all),
		lead: 'Each statement of the decision record (2023-11-20, in our words), the guarantees and claims that test it; then each guarantee with its judge, its evidence and a line that shows it.',
		source: input.evidence === null ? null : verifyCommand(input.evidence),
		blocks: [
			{
				kind: 'table',
				label: 'Statements of the decision record',
				head: ['where', 'statement', 'tested by'],
				wide: ['statement', 'tested by'],
				rows: STATEMENTS.map(({ part, statement, tested_by }) => [
					part,
					statement,
					{ all: tested_by.map(linked) },
				]),
			},
			all.length === 0
				? {
						kind: 'missing',
						what: 'There is no evidence to trace to.',
						command: makesFor(input).evidence,
					}
				: {
						kind: 'table',
						label: 'Guarantees and claims, their judges and their evidence',
						head: ['id', 'judged in', 'evidence', 'shown by'],
						wide: ['evidence'],
						rows: all.map(({ id, name, judge, evidence, replay }) => [
							{ id, name },
							{ file: judge },
							evidence,
							{ replay },
						]),
						anchors: all.map(({ id }) => `trace-${id}`),
						look: 'traces',
					},
		],
	};
}

/** What is new, resolved, and still open. */
export function since({ evidence, since }: ReviewInput): Section {
	const section = { id: 'since', title: 'What changed' };
	if (since === null || evidence === null)
		return {
			...section,
			answer: 'There is nothing to compare with.',
			blocks: [
				{
					kind: 'paragraph',
					text: ['Give the evidence that was accepted last to `review` with --since.'],
				},
			],
		};
	const changes = changesSince(since.evidence, evidence);
	const { added, resolved, open, verdicts } = changes;
	const changed: Block =
		verdicts.length === 0
			? { kind: 'paragraph', text: ['No guarantee has another verdict.'] }
			: {
					kind: 'points',
					of: verdicts.map(({ id, was, is }) => [
						{ said: id },
						`: ${was ?? 'not there'} → ${is ?? 'not there'}`,
					]),
				};
	return {
		...section,
		answer: answerOfSince(changes),
		lead: `Since ${since.file}, of ${since.evidence.created_at.slice(0, 10)}.`,
		blocks: [
			{
				kind: 'columns',
				of: [
					{ glyph: '✕', title: 'New', points: added },
					{ glyph: '✓', title: 'Resolved', points: resolved },
					{ glyph: '○', title: 'Still open', points: open },
				],
			},
			changed,
		],
	};
}

/** Commands that print every number again. */
export const reproduce = (input: ReviewInput): Section => ({
	id: 'reproduce',
	title: 'How to reproduce',
	short: 'Reproduce',
	answer: `${plural(reproductions(input).length, 'command')} print every number of this page again.`,
	lead: 'Node 20.19 or newer, npm ci, and these. Counts depend on seed, profile and, where a profile is a time, on the machine; verdicts of the checker do not.',
	blocks: [{ kind: 'commands', of: reproductions(input) }],
});

/** What would be wrong to read into the review. */
export const beyond = (input: ReviewInput): Section => ({
	id: 'not-covered',
	title: 'What is not covered',
	short: 'Not covered',
	answer: `${plural(notCovered(input).length, 'thing')} that would be wrong to read into this.`,
	blocks: [{ kind: 'points', of: notCovered(input).map((said) => [{ said }]) }],
});

/** What the words of the review mean. */
export const words: Section = {
	id: 'words',
	title: 'Words',
	answer: `${Object.keys({ ...FIELD, ...OURS }).length} words, each with what it means here.`,
	blocks: Object.entries({ 'Of the field': FIELD, Ours: OURS }).map(([title, words]) => ({
		kind: 'folded',
		summary: [title],
		blocks: [
			{
				kind: 'table',
				label: `Words: ${title}`,
				head: ['word', 'what it means here'],
				wide: ['what it means here'],
				rows: Object.entries(words).map(([word, means]) => [word, { marked: means }]),
				anchors: Object.keys(words).map(anchorOfWord),
			},
		],
	})),
};
