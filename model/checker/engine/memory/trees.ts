import { Ints } from './ints.ts';
import { MISSING, Pairs } from './memo.ts';

/** A node that asks for nothing: it is a leaf. */
export const LEAF = -2;

const IMPURE = 'what was run is no pure function of what it read';

/**
 * Decision trees over the places of two states, before and after a step. A tree says what came out
 * when something pure was run that read some of them, in the order in which it read them.
 */
export class Trees {
	/** (node, value read) -> node. */
	readonly branches = new Pairs();
	/** By node: place * 2 + (1: after) that it asks for, or LEAF; and what a leaf says. */
	readonly asks = new Ints();
	readonly leaves = new Ints();

	get bytes(): number {
		return this.branches.bytes + this.asks.bytes + this.leaves.bytes;
	}

	/** A new tree that knows nothing yet. */
	node(): number {
		this.leaves.push(MISSING);
		return this.asks.push(LEAF);
	}

	/** Where a tree ends for these states, or MISSING. */
	walk(root: number, before: ArrayLike<number>, after: ArrayLike<number>): number {
		let node = root;
		for (;;) {
			const ask = this.asks.at(node);
			if (ask === LEAF) return this.leaves.at(node);
			node = this.branches.get(node, (ask & 1 ? after : before)[ask >> 1] ?? 0);
			if (node === MISSING) return MISSING;
		}
	}

	/**
	 * Adds what came out for these states, and what was read on the way there.
	 *
	 * @throws RangeError if it reads other places than before, or more or fewer: it is no pure function.
	 */
	plant(
		root: number,
		reads: readonly number[],
		before: ArrayLike<number>,
		after: ArrayLike<number>,
		leaf: number,
	): void {
		let node = root;
		for (const ask of reads) {
			if (this.asks.at(node) === LEAF && this.leaves.at(node) === MISSING)
				this.asks.array[node] = ask;
			if (this.asks.at(node) !== ask) throw new RangeError(IMPURE);
			const value = (ask & 1 ? after : before)[ask >> 1] ?? 0;
			let next = this.branches.get(node, value);
			if (next === MISSING) {
				next = this.node();
				this.branches.set(node, value, next);
			}
			node = next;
		}
		if (this.asks.at(node) !== LEAF) throw new RangeError(IMPURE);
		this.leaves.array[node] = leaf;
	}
}
