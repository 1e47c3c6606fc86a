/** Most names that are listed. */
const LISTED = 10;

/** Names that there are, for somebody who gave another one: those like it first, and of many only some. */
export function sayNames(names: Iterable<string>, wanted: string): string {
	const all = [...new Set(names)];
	const near = all
		.map((name) => ({ name, far: distance(name, wanted) }))
		.filter(({ name, far }) => far <= 2 || isPart(name, wanted) || isPart(wanted, name))
		.sort((one, other) => one.far - other.far)
		.map(({ name }) => name);
	const listed = [...new Set([...near, ...all])].slice(0, LISTED);
	const more = all.length - listed.length;
	return `${listed.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const isPart = (part: string, whole: string): boolean => part.length > 2 && whole.includes(part);

/** How many characters must be put in, taken out or replaced. */
function distance(one: string, other: string): number {
	let row = Array.from({ length: other.length + 1 }, (_, column) => column);
	for (const [line, letter] of [...one].entries()) {
		const next = [line + 1];
		for (const [column, here] of [...other].entries())
			next.push(
				Math.min(
					(row[column] ?? 0) + (letter === here ? 0 : 1),
					(row[column + 1] ?? 0) + 1,
					(next[column] ?? 0) + 1,
				),
			);
		row = next;
	}
	return row[other.length] ?? 0;
}
