/** What a selector may choose: something with a name and tags. */
export type Tagged = { readonly name: string; readonly tags: readonly string[] };

/** Whether a text is a selector and no plain name: a tag, a negation, `*`, or several criteria. */
export const isSelector = (text: string): boolean => /^[.!*]|\s/.test(text);

/**
 * The items that fulfil every criterion of a selector, in the order of the first criterion: `name`,
 * `.tag`, `!name`, `!.tag` or `*`, with blanks between them. Null where a criterion names what no item
 * has, as the server refuses it then, or where nothing is left.
 */
export class Selection<Item extends Tagged> {
	readonly #items: readonly Item[];
	readonly #named = new Map<string, Item>();
	readonly #tagged = new Map<string, Item[]>();

	constructor(items: readonly Item[]) {
		this.#items = items;
		for (const item of items) {
			this.#named.set(item.name, item);
			for (const tag of new Set(item.tags)) {
				const those = this.#tagged.get(tag);
				if (those === undefined) this.#tagged.set(tag, [item]);
				else those.push(item);
			}
		}
	}

	of(selector: string): readonly Item[] | null {
		let left: readonly Item[] | null = null;
		for (const criterion of selector.split(/\s+/).filter((word) => word !== '')) {
			const fit = this.#fulfilling(criterion);
			if (fit === null) return null;
			const those: ReadonlySet<Item> = new Set(fit);
			left = left === null ? fit : left.filter((item) => those.has(item));
		}
		return left === null || left.length === 0 ? null : left;
	}

	#fulfilling(criterion: string): readonly Item[] | null {
		if (criterion === '*') return this.#items;
		const [, not, tag, name = ''] = /^(!?)(\.?)(.*)$/.exec(criterion) ?? [];
		const one = this.#named.get(name);
		const meant = tag === '.' ? this.#tagged.get(name) : one === undefined ? undefined : [one];
		if (meant === undefined) return null;
		if (not !== '!') return meant;
		const those: ReadonlySet<Item> = new Set(meant);
		return this.#items.filter((item) => !those.has(item));
	}
}
