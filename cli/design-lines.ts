import { printable } from '../model/vocabulary/printable.ts';
import { grouped } from '../properties/checks/phase.ts';
import type { DesignCell, DesignEvidence, DesignsEvidence } from '../reports/design-evidence.ts';
import { designsCommand, replayCommand, withOutput } from '../reports/wording/commands.ts';
import { table } from './table.ts';

/** The trial of the designs, as it is printed. */
export const designLines = (
	{ designs, claims, seconds, seed, profile }: DesignsEvidence,
	output?: string,
): string[] => [
	'',
	...designs.map(({ option, design, summary }) => `option ${option}, ${design}: ${summary}`),
	'',
	matrix(designs),
	'',
	...designs.flatMap(violations),
	factTable(designs),
	'',
	...claims.map(
		({ id, design, verdict, claim, because }) =>
			`${id}  ${verdict}  (${design}) ${claim} ${because}`,
	),
	'',
	`${grouped(sum(designs, 'states'))} states and ${grouped(sum(designs, 'stories'))} random stories in ${seconds.toFixed(1)} s`,
	`again with: ${withOutput(designsCommand({ profile, seed }), output)}`,
];

const sum = (designs: readonly DesignEvidence[], what: 'states' | 'stories'): number =>
	designs.reduce((total, design) => total + design[what], 0);

/** One row for each guarantee, one column for each design; the number is the events of the shortest story. */
function matrix(designs: readonly DesignEvidence[]): string {
	const [first] = designs;
	return table([
		['guarantee', ...designs.map(({ design }) => design)],
		...(first?.cells ?? []).map(({ guarantee }) => [
			guarantee,
			...designs.map(({ cells }) => sayCell(cells.find((cell) => cell.guarantee === guarantee))),
		]),
		['', ...designs.map(({ verdict }) => verdict)],
	]);
}

function sayCell(cell: DesignCell | undefined): string {
	if (cell === undefined) return '';
	return cell.verdict === 'violated' ? `falls in ${cell.events}` : cell.verdict;
}

/** What falls under a design, each with the line that replays it, and what is unknown. */
const violations = ({ design, cells }: DesignEvidence): string[] =>
	cells.flatMap(({ guarantee, verdict, sentence, reason, events, configurations, token }) => {
		if (verdict === 'holds') return [];
		if (verdict === 'unknown')
			return [printable(`${design}: ${guarantee} is unknown: ${reason}`), ''];
		return [
			printable(
				`${design}: ${guarantee} in ${events} events (${configurations.join(', ')}): ${sentence}`,
			),
			token === null
				? 'the story is too large for a token: run again with the seed'
				: replayCommand(token),
			'',
		];
	});

/** What is no guarantee but decides. */
function factTable(designs: readonly DesignEvidence[]): string {
	const [first] = designs;
	return table([
		['', ...designs.map(({ design }) => design)],
		...(first?.facts ?? []).map(({ id, label }) => [
			label,
			...designs.map(({ facts }) => facts.find((fact) => fact.id === id)?.value ?? ''),
		]),
	]);
}
