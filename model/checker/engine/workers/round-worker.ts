import { Expander, INCOMPLETE } from '../explore/expander.ts';
import { AHEAD, HASHES, INDEX_LOAD, lookAhead } from '../memory/states.ts';
import { SUCCESSOR_BREAKS, SUCCESSOR_KEY, SUCCESSOR_PARENT } from '../memory/successor.ts';
import {
	CHUNK,
	CURSOR,
	FREE,
	INDEX_FULL,
	LOST,
	type Report,
	type Round,
	STATES_FULL,
	STOP,
} from './round.ts';

/** A slot of the index that some thread is about to fill. */
const BUSY = -1;

/**
 * One thread's part of exploring. It takes states of the level, a few at a time, and stores what they
 * lead to in the index that all threads share: whoever finds a slot empty claims it, writes the
 * state's hash, and then its place, so that nobody sees half of it.
 */
export class RoundWorker {
	readonly #expander: Expander;
	#next = 0;
	#end = 0;

	constructor({ tables, layout }: Round) {
		this.#expander = new Expander(tables, layout, null);
	}

	/** Works until no state of the level is left, or the round has to be stopped. */
	work(round: Round): Report {
		const expander = this.#expander;
		const { control, words, end, layout } = round;
		expander.use(round.tables, layout);
		expander.cut = 0;
		this.#next = 0;
		this.#end = 0;
		let generated = 0;
		const deferred: number[] = [];
		const breaches: { state: number; key: number }[] = [];
		while (Atomics.load(control, STOP) === 0) {
			const first = Atomics.add(control, CURSOR, CHUNK);
			if (first >= end) break;
			const last = Math.min(first + CHUNK, end);
			expander.found = 0;
			for (let state = first; state < last; state++) {
				const found = expander.append(words, state * layout.words, state);
				if (found === INCOMPLETE) deferred.push(state);
				else generated += found;
			}
			this.#store(round, breaches);
		}
		return {
			generated,
			cut: expander.cut,
			deferred,
			breaches,
			spare: [this.#next, this.#end],
		};
	}

	#store(round: Round, breaches: { state: number; key: number }[]): void {
		const { out, found, stride } = this.#expander;
		const { words: width } = round.layout;
		for (let index = 0; index < found; index++) {
			const at = index * stride;
			if (index % AHEAD === 0)
				lookAhead(round.slots, round.words, out, index, found, stride, width);
			if (out[at + width + SUCCESSOR_BREAKS] === 1)
				breaches.push({
					state: out[at + width + SUCCESSOR_PARENT] ?? 0,
					key: out[at + width + SUCCESSOR_KEY] ?? 0,
				});
			else this.#add(round, out, at, width, HASHES[index % AHEAD] ?? 0);
		}
	}

	#add(
		{ slots, words, parents, capacity, control }: Round,
		from: Int32Array,
		at: number,
		width: number,
		hashed: number,
	): void {
		const mask = slots.length - 2;
		let slot = (hashed << 1) & mask;
		for (;;) {
			const known = Atomics.load(slots, slot);
			if (known === BUSY) {
				if (Atomics.load(control, STOP) === LOST) return;
				continue;
			}
			if (known === 0) {
				if (Atomics.compareExchange(slots, slot, 0, BUSY) !== 0) continue;
				const place = this.#place(control);
				if (place >= capacity) {
					Atomics.store(slots, slot, 0);
					this.#next--;
					Atomics.store(control, STOP, STATES_FULL);
					return;
				}
				for (let word = 0; word < width; word++) words[place * width + word] = from[at + word] ?? 0;
				parents[place] = from[at + width + SUCCESSOR_PARENT] ?? 0;
				slots[slot + 1] = hashed;
				Atomics.store(slots, slot, place + 1);
				if (place * 2 > slots.length * INDEX_LOAD && Atomics.load(control, STOP) === 0)
					Atomics.store(control, STOP, INDEX_FULL);
				return;
			}
			if (slots[slot + 1] === hashed && sameState(words, (known - 1) * width, from, at, width))
				return;
			slot = (slot + 2) & mask;
		}
	}

	/** A free place; they are taken from all threads' store a few at a time. */
	#place(control: Int32Array): number {
		if (this.#next === this.#end) {
			this.#next = Atomics.add(control, FREE, CHUNK);
			this.#end = this.#next + CHUNK;
		}
		return this.#next++;
	}
}

function sameState(
	words: Int32Array,
	place: number,
	from: Int32Array,
	at: number,
	width: number,
): boolean {
	for (let word = 0; word < width; word++)
		if (words[place + word] !== from[at + word]) return false;
	return true;
}
