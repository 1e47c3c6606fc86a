import { printable } from '../model/vocabulary/printable.ts';
import type { Cell, Table } from '../reports/review/document.ts';

/**
 * A table of the review on a terminal, but for its columns of sentences, which would not fit. A note that was `said`
 * before is not said again.
 */
export function drawnTable({ head, numbers = [], wide = [], rows }: Table, said = ''): string {
	const columns = [...head.keys()].filter((column) => !wide.includes(head[column] ?? ''));
	const narrow = <Item>(row: readonly Item[]) => columns.flatMap((column) => row[column] ?? []);
	const right = narrow(head).flatMap((name, place) => (numbers.includes(name) ? [place] : []));
	return table(
		[narrow(head), ...rows.map((row) => narrow(row).map((cell) => sayCell(cell, said)))],
		new Set(right),
	);
}

function sayCell(cell: Cell, said: string): string {
	if (typeof cell === 'string') return printable(cell);
	if ('verdict' in cell)
		return cell.note === null || said.includes(cell.note)
			? cell.verdict
			: printable(`${cell.verdict}: ${cell.note}`);
	if ('name' in cell) return printable(`${cell.id} ${cell.name}`);
	if ('marked' in cell) return printable(cell.marked);
	if ('file' in cell) return printable(cell.file);
	if ('replay' in cell) return printable(cell.replay ?? '');
	return printable(cell.all.map(({ id }) => id).join(', '));
}

/** Rows as columns of text, as wide as they need; columns named in `right` are set to the right. */
export function table(
	rows: readonly (readonly string[])[],
	right: ReadonlySet<number> = new Set(),
): string {
	const cells = rows.map(([first = '', ...others]) => [harmless(first), ...others]);
	const widths = (rows[0] ?? []).map((_, column) =>
		Math.max(...cells.map((row) => row[column]?.length ?? 0)),
	);
	return cells
		.map((row) =>
			row
				.map((cell, column) => {
					const width = widths[column] ?? 0;
					return right.has(column) ? cell.padStart(width) : cell.padEnd(width);
				})
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}

/** A line that begins with two colons is an order to some systems of CI. */
const harmless = (text: string): string => text.replace(/^(\s*):(?=:)/, '$1: ');
