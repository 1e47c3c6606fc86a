/** Names that differ in so many letters from what was written are no slips of it. */
const FARTHEST = 3;

/** Of the names those that somebody may have meant, the nearest first. */
export const nearNames = (written: string, names: readonly string[]): string[] =>
	names
		.map((name) => ({ name, far: distance(written.slice(0, 100), name) }))
		.filter(({ name, far }) => far <= Math.min(FARTHEST, name.length / 2))
		.toSorted((one, other) => one.far - other.far)
		.map(({ name }) => name);

/** How many letters must be put in, taken out or changed to make one of the other. */
function distance(one: string, other: string): number {
	let row = Array.from({ length: other.length + 1 }, (_, at) => at);
	for (const [at, letter] of [...one].entries()) {
		const next = [at + 1];
		for (const [beside, its] of [...other].entries())
			next.push(
				Math.min(
					(row[beside] ?? 0) + (letter === its ? 0 : 1),
					(row[beside + 1] ?? 0) + 1,
					(next[beside] ?? 0) + 1,
				),
			);
		row = next;
	}
	return row.at(-1) ?? 0;
}
