/** Made once: each call of `toLocaleString` makes one anew, for eight times as long. */
const THOUSANDS = new Intl.NumberFormat('en-US');

/** A whole number with commas between thousands. */
export const grouped = (count: number): string => THOUSANDS.format(Math.round(count));

/** A count with its noun: 1 story, 2 stories. */
export const plural = (count: number, one: string, several = severalOf(one)): string =>
	`${grouped(count)} ${count === 1 ? one : several}`;

/** What most nouns become: a story is one of the stories, a loss one of the losses. */
const severalOf = (one: string): string =>
	/[^aeiou]y$/.test(one)
		? `${one.slice(0, -1)}ies`
		: /(s|x|ch|sh)$/.test(one)
			? `${one}es`
			: `${one}s`;
