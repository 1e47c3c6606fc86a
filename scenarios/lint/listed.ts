/** Names that are printed of a list. */
const NAMED = 8;

/** Names in a row, the first of them where they are many. */
export const listed = (names: readonly string[]): string =>
	names.length <= NAMED
		? names.join(', ')
		: `${names.slice(0, NAMED).join(', ')} and ${names.length - NAMED} more`;
