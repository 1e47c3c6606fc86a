/** Rows as columns of text, as wide as they need; columns named in `right` are set to the right. */
export function table(
	rows: readonly (readonly string[])[],
	right: ReadonlySet<number> = new Set(),
): string {
	const widths = (rows[0] ?? []).map((_, column) =>
		Math.max(...rows.map((row) => row[column]?.length ?? 0)),
	);
	return rows
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
