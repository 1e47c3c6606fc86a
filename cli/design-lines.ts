import { printable } from '../model/vocabulary/printable.ts';
import type { DesignEvidence, DesignsEvidence } from '../reports/evidence/design-evidence.ts';
import type { Verdict } from '../reports/evidence/verdict.ts';
import { judgeClaims } from '../reports/judging/designs.ts';
import { factsTable } from '../reports/review/designs.ts';
import { NOTHING } from '../reports/review/input.ts';
import { type Cell, type Matrix, matrix } from '../reports/review/matrix.ts';
import { replayFileCommand } from '../reports/wording/commands.ts';
import { sayChecked } from '../reports/wording/fate.ts';
import { listed, plural } from '../reports/wording/figures.ts';
import { firstLine, lastLine, SHOW } from './ending-lines.ts';
import { foundLines } from './found-lines.ts';
import { remedyLines } from './remedy-lines.ts';
import { drawnTable, table } from './table.ts';

/** What is printed beside the evidence. */
export interface Around {
	/** Where the report is. */
	readonly written: readonly string[];
	readonly verdict: Verdict;
	/** Whether all is printed that is known, not only what is asked first. */
	readonly verbose: boolean;
	/** The command that prints this again. */
	readonly again: string;
}

/** The trial of the designs, as it is printed: the answer, what it rests on, and the answer again. */
export function designLines(evidence: DesignsEvidence, around: Around): string[] {
	const { designs, claims, seconds } = evidence;
	const { written, verdict, verbose } = around;
	const [file = null] = written;
	const beside = matrix({ ...NOTHING, designs: evidence });
	return [
		answer(evidence, verdict),
		'',
		...claims.map(
			({ id, design, verdict: of, claim, because }) =>
				`${id}  ${of}  (${design}) ${claim} ${because}`,
		),
		'',
		...designs.map(({ option, design, summary }) => `option ${option}, ${design}: ${summary}`),
		'',
		...matrixLines(beside, verbose),
		'',
		...(verbose
			? [...designs.flatMap(violations), '', drawnTable(factsTable(beside.columns, beside.facts))]
			: designs.flatMap((one) => inShort(one, file))),
		'',
		...(verbose
			? []
			: [
					`details   what each design needs, each broken promise: ${[SHOW, ...written].join(', or ')}`,
				]),
		`looked at ${plural(sum(designs, 'states'), 'state')} and ${plural(sum(designs, 'stories'), 'random story')} in ${seconds.toFixed(1)} s`,
		`reports   ${written.join('  ') || 'not written'}`,
		...remedyLines({ ...judgeClaims(evidence), allowed: evidence.allowed }),
		'',
		lastLine(
			{ verdict, reason: null, answer: { ...judgeClaims(evidence), allowed: evidence.allowed } },
			around.again,
		),
	];
}

/** What became of the claims, and which designs keep every guarantee. */
function answer({ designs, claims, profile, seed }: DesignsEvidence, verdict: Verdict): string {
	const became = (fate: string): string[] =>
		claims.filter((claim) => claim.verdict === fate).map(({ id }) => id);
	const said = (['refuted', 'not shown', 'confirmed'] as const).flatMap((fate) => {
		const ids = became(fate);
		if (ids.length === 0) return [];
		return [`${listed(ids)} ${ids.length === 1 ? 'is' : 'are'} ${fate}`];
	});
	const keep = designs.filter((one) => one.verdict === 'holds').map(({ design }) => design);
	return firstLine(
		verdict,
		`${said.length === 0 ? 'no claim was judged' : said.join(', ')}; ${keep.length === 0 ? 'no design keeps' : `${listed(keep)} ${keep.length === 1 ? 'keeps' : 'keep'}`} every guarantee`,
		[`profile ${profile}`, `seed ${seed}`],
	);
}

const sum = (designs: readonly DesignEvidence[], what: 'states' | 'stories'): number =>
	designs.reduce((total, design) => total + design[what], 0);

/** One row for each guarantee, one column for each design that was tried, as in the review. */
function matrixLines({ columns, rows }: Matrix, verbose: boolean): string[] {
	const tried = [...columns.keys()].filter((place) => columns[place]?.verdict !== null);
	const shown = rows.filter(
		({ cells }) => verbose || tried.some((place) => cells[place]?.verdict !== 'holds'),
	);
	const others = rows.length - shown.length;
	return [
		table([
			['guarantee', ...tried.map((place) => columns[place]?.design ?? '')],
			...shown.map(({ id, cells }) => [id, ...tried.map((place) => sayCell(cells[place]))]),
			['', ...tried.map((place) => columns[place]?.verdict ?? '')],
		]),
		...(others === 0
			? []
			: [
					`${others === 1 ? 'the other one holds' : `the other ${others} hold`} under every design (${SHOW})`,
				]),
	];
}

const sayCell = (cell: Cell | undefined): string =>
	cell?.verdict === 'violated' ? `falls ${cell.note}` : (cell?.verdict ?? '');

/** What plays the stories of a design, the shortest first to be named; nothing where all holds. */
function inShort({ design, cells }: DesignEvidence, file: string | null): string[] {
	const told = cells.filter(({ token }) => token !== null);
	const [shortest] = told.toSorted((one, other) => (one.events ?? 0) - (other.events ?? 0));
	if (shortest === undefined) return [];
	const sentence = printable(
		`${design}: ${plural(told.length, 'promise')} broken, ${shortest.guarantee} in ${plural(shortest.events ?? 0, 'event')}: ${shortest.sentence}`,
	);
	return file === null ? [sentence] : [sentence, replayFileCommand(file, design)];
}

/** What falls under a design, each with the line that replays it, and what is unknown. */
const violations = ({ design, cells }: DesignEvidence): string[] =>
	cells.flatMap(({ guarantee, verdict, sentence, reason, events, configurations, token }) => {
		if (verdict === 'holds') return [];
		if (verdict === 'unknown')
			return ['', printable(`${design}: ${guarantee} is unknown: ${reason}`)];
		const what = `${design}: ${guarantee}`;
		const where = configurations.length === 0 ? 'random stories' : sayChecked(configurations);
		return [...foundLines({ what, events: events ?? 0, where, sentence, token }), ''];
	});
