import { Breath } from '../explore/breath.ts';
import { Expander, readable, supplyOf } from '../explore/expander.ts';
import type { Ending, Limits, Progress } from '../explore/explore.ts';
import { layoutOf } from '../memory/layout.ts';
import { BUDGET, NETWORK, STORED } from '../memory/place.ts';
import { SUCCESSOR_BREAKS, SUCCESSOR_KEY } from '../memory/successor.ts';
import type { Tables } from '../tables/tables.ts';
import { Bits } from './bits.ts';
import { FamilyTree } from './family-tree.ts';
import { Queue } from './queue.ts';

/** What an exploration that keeps states as bits came to. */
export interface BitExploration<Label> {
	/** `complete`: nothing waits any more; that proves nothing, since states may have been left out. */
	readonly ending: Ending;
	/** States met that were taken for new. */
	readonly states: number;
	readonly generated: number;
	readonly cut: number;
	readonly depth: number;
	readonly bytes: number;
	/** The share of the states met that were probably taken for new, as they should; 0 to 1. */
	readonly coverage: number;
	/** The steps from the first state to a broken promise, the one that broke it included. */
	readonly breaches: readonly (readonly Label[])[];
}

/** Of the memory, so much is for bits; of the rest, the states that wait get one place for so many in the tree. */
const BITS = 1 / 4;
const FOR_ONE_THAT_WAITS = 4;

/** How often progress is reported at the least, in states. */
const REPORT = 1 << 14;

/** Most broken promises of a level that are told. */
const BREACHES = 100;

/** Each place of a state in a word of its own: so its hash does not depend on how large numbers grow. */
const LAYOUT = layoutOf(Array(STORED).fill(31));
const WIDTH = LAYOUT.words;

/**
 * Explores a product breadth first as `explore` does, but keeps of each state only a few bits, and by
 * which step it was reached: so it gets several times as far in the same memory, and may leave states
 * out. A broken promise that it finds is real, with the steps that lead to it.
 */
export function* exploringBits<Label>(
	tables: Tables<Label>,
	{ memory, states = Infinity, stop, goOn = false }: Limits,
): Generator<Progress, BitExploration<Label>, void> {
	const bits = new Bits(memory * BITS);
	const rest = memory - bits.bytes - tables.bytes;
	const each = 2 + (WIDTH * 4) / FOR_ONE_THAT_WAITS;
	const capacity = Math.max(1, Math.min(Math.floor(rest / each), states, MOST));
	const tree = new FamilyTree(capacity);
	const queue = new Queue(WIDTH, Math.ceil(capacity / FOR_ONE_THAT_WAITS));
	const expander = new Expander(readable(tables), LAYOUT, {
		...supplyOf(tables),
		read: () => readable(tables),
	});
	const first = firstOf(tables);
	const breaches: number[][] = [];
	const breath = new Breath();
	let ending: Ending = 'complete';
	let depth = 0;
	let level = 1;
	let generated = 0;
	const bytes = (): number => bits.bytes + tree.bytes + queue.size * WIDTH * 4 + tables.bytes;
	bits.add(first, 0, WIDTH);
	queue.push(first, 0);
	while (queue.size > 0 && ending === 'complete') {
		const found = expander.expand(queue.words, queue.front);
		queue.drop();
		generated += found;
		const { out, stride } = expander;
		for (let step = 0; step < found && ending === 'complete'; step++) {
			const at = step * stride;
			if (out[at + WIDTH + SUCCESSOR_BREAKS] === 1) {
				if (breaches.length < BREACHES) breaches.push([tree.expanded, step]);
			} else if (bits.add(out, at, WIDTH)) {
				if (tree.born < capacity && queue.push(out, at)) tree.bear(step);
				else ending = 'out of memory';
			}
		}
		tree.turn();
		if (tree.expanded % REPORT === 0 || breath.due()) {
			yield { depth, states: tree.born, generated, waiting: queue.size, bytes: bytes() };
			if (stop?.() === true) ending = 'stopped';
			else if (bytes() > memory) ending = 'out of memory';
		}
		if (tree.expanded < level) continue;
		if (breaches.length > 0 && !goOn) break;
		if (tree.born > level) depth++;
		level = tree.born;
	}
	return {
		ending: breaches.length > 0 ? 'broken' : ending,
		...{ states: tree.born, generated, cut: expander.cut, depth, bytes: bytes() },
		coverage: tree.born / (tree.born + bits.omitted),
		breaches: breaches.map(([state = 0, step = 0]) =>
			retold(tables, expander, first, [...tree.way(state), step]),
		),
	};
}

/** Most states: what typed arrays hold. */
const MOST = 2 ** 31;

function firstOf<Label>(tables: Tables<Label>): Int32Array {
	const { initial, cores } = tables;
	const core = cores.id(Int32Array.from(initial));
	return Int32Array.of(initial[BUDGET] ?? 0, initial[NETWORK] ?? 0, core);
}

/** Goes a way again, step by step, and tells what happens. */
function retold<Label>(
	{ labels }: Tables<Label>,
	expander: Expander,
	first: Int32Array,
	way: readonly number[],
): Label[] {
	let at = first;
	return way.map((step) => {
		expander.expand(at, 0);
		const from = step * expander.stride;
		at = expander.out.slice(from, from + expander.stride);
		return labels.value(at[WIDTH + SUCCESSOR_KEY] ?? -1);
	});
}
