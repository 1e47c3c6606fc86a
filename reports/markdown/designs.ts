import { DECISION, OPTIONS } from '../review/decision.ts';
import { makesFor, type ReviewInput } from '../review/input.ts';
import { matrix } from '../review/matrix.ts';
import { MARKS, missing } from './marks.ts';
import { plain, table } from './text.ts';

/** What was decided, and why the other options fell. */
export const decisionPart = ({ designs }: ReviewInput): string[] => [
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

/** Designs times guarantees, then what is no guarantee but decides. */
export function matrixPart(input: ReviewInput): string[] {
	const { columns, rows, facts } = matrix(input);
	return [
		'## The designs, side by side',
		'',
		...(input.designs === null
			? missing('the designs were not put on trial beside each other.', makesFor(input).designs)
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
