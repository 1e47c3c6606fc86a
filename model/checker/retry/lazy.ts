/** Finds a whole whenever one of its facts is looked at. */
type Find<Whole> = () => Whole;

const WHOLE = Symbol('whole');

/** A way to make objects of one kind whose facts are found only when they are looked at. */
export type Lazily<Whole> = (find: Find<Whole>, known: Partial<Whole>) => Whole;

/**
 * Makes objects of a kind that has the facts that `example` has, and perhaps those that only `some` have. Facts that are known from the
 * start are looked at without finding the whole. All that are made have the same getters, so looking at
 * one costs little more than looking at a plain object.
 */
export function lazily<Whole extends object>(
	example: Whole,
	some: readonly (keyof Whole & string)[] = [],
): Lazily<Whole> {
	const facts: (keyof Whole & string)[] = [...some];
	for (const fact in example) facts.push(fact);
	const getters = Object.fromEntries(
		facts.map((fact) => [
			fact,
			{
				enumerable: true,
				configurable: true,
				get(this: { [WHOLE]: Find<Whole> }): unknown {
					return this[WHOLE]()[fact];
				},
			},
		]),
	);
	return (find, known) => {
		const lazy = Object.defineProperty({} as Whole, WHOLE, { value: find });
		Object.defineProperties(lazy, getters);
		return Object.defineProperties(lazy, Object.getOwnPropertyDescriptors(known));
	};
}
