/** A guarantee or claim as a reader meets it: words first, its code behind them. */
export const sayGuarantee = ({
	id,
	name,
}: {
	readonly id: string;
	readonly name: string;
}): string => (name === '' ? id : `${name.replaceAll('-', ' ')} (${id})`);

/** What was broken, and behind it the code of the promise. */
export const sayBroken = (sentence: string, guarantee: string): string =>
	sentence === '' ? guarantee : `${sentence.replace(/\.$/, '')} (${guarantee})`;
