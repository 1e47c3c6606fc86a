/** Bytes that an entry of a map with text for its key takes beside the text, about. */
export const ENTRY_BYTES = 100;

/** Numbers are given in the order in which things are met: what else was checked before must not count as memory. */
const NUMBER = /\d+/g;
const AS_LONG = '0000';

/** Plain data with small numbers for it, given in the order in which it is met. */
export class Interned<Value> {
	readonly #values: Value[] = [];
	readonly #ids = new Map<string, number>();
	#bytes = 0;

	/** Bytes, estimated: what a value reads as, with all numbers as long, the value itself, and its entry in the map. */
	get bytes(): number {
		return this.#bytes;
	}

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
			this.#bytes += 2 * key.replaceAll(NUMBER, AS_LONG).length + ENTRY_BYTES;
		}
		return id;
	}

	/** @throws RangeError for a number that was never given. */
	value(id: number): Value {
		if (id < 0 || id >= this.#values.length) throw new RangeError(`no value has the number ${id}`);
		return this.#values[id] as Value;
	}
}
