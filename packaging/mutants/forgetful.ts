let age = 0;

/** From now on nothing is known any more of setups. */
export const forget = (): void => void age++;

/** What judges remember of a setup, they made with the mutant that was active then; nothing of it may be left to the next. */
export class ForgetfulMap<Key extends WeakKey, Value> extends WeakMap<Key, Value> {
	readonly #ages = new Map<object, number>();

	override get(key: Key): Value | undefined {
		return this.#isForgotten(key) ? undefined : super.get(key);
	}

	override set(key: Key, value: Value): this {
		if (isSetup(key)) this.#ages.set(key, age);
		return super.set(key, value);
	}

	#isForgotten(key: Key): boolean {
		return isSetup(key) && this.#ages.get(key) !== age;
	}
}

const isSetup = (key: WeakKey): key is object =>
	typeof key === 'object' && 'hosts' in key && 'tasks' in key;
