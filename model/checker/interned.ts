/** Plain data with small numbers for it, given in the order in which it is met. */
export class Interned<Value> {
	readonly #values: Value[] = [];
	readonly #ids = new Map<string, number>();

	get size(): number {
		return this.#values.length;
	}

	/** The number of a value; two values that read the same as JSON have the same. */
	id(value: Value): number {
		const key = JSON.stringify(value) ?? '';
		let id = this.#ids.get(key);
		if (id === undefined) {
			id = this.#values.push(value) - 1;
			this.#ids.set(key, id);
		}
		return id;
	}

	/** @throws RangeError for a number that was never given. */
	value(id: number): Value {
		if (id < 0 || id >= this.#values.length) throw new RangeError(`no value has the number ${id}`);
		return this.#values[id] as Value;
	}
}
