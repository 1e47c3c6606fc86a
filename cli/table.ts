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
