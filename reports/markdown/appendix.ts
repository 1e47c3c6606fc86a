import { changesSince } from '../review/changes-since.ts';
import type { ReviewInput } from '../review/input.ts';
import { reproductions } from '../review/reproduce.ts';
import { STATEMENTS, traces } from '../review/traceability.ts';
import { plain, shell, table } from './text.ts';

/** From a statement to what shows it. */
export const traceabilityPart = (input: ReviewInput): string[] => [
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

/** What is new, resolved, and still open. */
export function sincePart({ evidence, since }: ReviewInput): string[] {
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

/** Commands that print every number again. */
export const reproducePart = (input: ReviewInput): string[] => [
	'## How to reproduce',
	'',
	...reproductions(input).flatMap(({ what, command, made }) => [
		`**${what}**: ${made === null ? 'missing' : plain(made)}`,
		'',
		shell(command),
		'',
	]),
];
