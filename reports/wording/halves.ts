/** How many halves were put to the test, and that nothing is known of the others. */
export function sayHalves({
	reached,
	never,
}: {
	readonly reached: readonly string[];
	readonly never: readonly string[];
}): string {
	const all = reached.length + never.length;
	if (never.length === 0) return `all ${all} put to the test`;
	const others = never.length === 1 ? 'the other one holds' : `the other ${never.length} hold`;
	return `${reached.length} of ${all} put to the test; whether ${others} is not known`;
}

/** Which halves of what holds were never put to the test; null: all were. */
export const sayNever = (never: readonly string[]): string | null =>
	never.length === 0 ? null : `never put to the test: ${never.join(', ')}`;
