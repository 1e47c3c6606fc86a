import { Breath } from '../explore/breath.ts';
import { type Exploration, inOneGo } from '../explore/explore.ts';
import { SEEN } from '../memory/states.ts';
import { SUCCESSOR_BREAKS, SUCCESSOR_COST } from '../memory/successor.ts';
import type { Demand } from '../product/product.ts';
import { ProductError } from '../product/product-error.ts';
import { Owing } from './owing.ts';

/** Something that stays owed for ever on every fair way on from a state. */
export interface Lasso {
	readonly demand: Demand;
	/** The first state, by depth, from which it cannot be avoided any more. */
	readonly state: number;
	readonly sentence: string;
}

/** Most demands: each has a bit of one byte a state. */
const DEMANDS = 8;

/** What the liveness of a whole exploration came to. */
export interface Liveness {
	readonly lassos: readonly Lasso[];
	/** By demand: whether anything was owed anywhere; what never was, was not put to the test. */
	readonly exercised: readonly boolean[];
	/** How often the states were gone through. */
	readonly sweeps: number;
}

/** How far it is: which time the states are gone through, and how many are left. */
export interface Sweep {
	readonly sweep: number;
	readonly left: number;
}

/**
 * Judges what must not be owed for ever. Fairness: a step that costs no budget and can be taken again
 * and again is taken at last. A fair run then ends up in a strongly connected part of the graph of
 * free steps that it cannot leave, and visits all of it; so a demand is kept exactly if from every
 * state one can get, by free steps, to a state in which it is not owed. That is found backwards, from
 * the states in which nothing is owed; most steps lead to later states, so few sweeps are enough.
 * The exploration must be complete.
 *
 * @throws ProductError for more than eight demands.
 */
export function* judgingLiveness<Label>(
	exploration: Exploration<Label>,
	demands: readonly Demand[],
): Generator<Sweep, Liveness, void> {
	if (demands.length > DEMANDS)
		throw new ProductError(`${demands.length} demands, more than ${DEMANDS}`);
	const { states, expander, tables } = exploration;
	const owing = new Owing(demands, tables.networks);
	const hopes = new Uint8Array(states.count);
	const places = tables.cores.unfold([0, 0, 0]);
	const all = 2 ** demands.length - 1;
	let everOwed = 0;
	let hopeless = 0;
	const breath = new Breath();
	for (let state = states.count - 1; state >= 0; state--) {
		expander.unpack(states.words, state * states.width);
		const owed = owing.owed(tables.cores.unfold(expander.before, places));
		everOwed |= owed;
		hopes[state] = all & ~owed;
		if (owed !== 0 && !hope(exploration, hopes, state, all)) hopeless++;
		if ((state & 0xffff) === 0 || breath.due()) yield { sweep: 1, left: state };
	}
	let sweeps = 1;
	for (let changed = hopeless > 0; changed; sweeps++) {
		changed = false;
		hopeless = 0;
		for (let state = states.count - 1; state >= 0; state--) {
			const before = hopes[state] ?? 0;
			if (before !== all) {
				if (!hope(exploration, hopes, state, all)) hopeless++;
				if (hopes[state] !== before) changed = true;
			}
			if ((state & 0xffff) === 0 || breath.due()) yield { sweep: sweeps + 1, left: state };
		}
		if (hopeless === 0) changed = false;
	}
	const lassos = demands.flatMap((demand, index): Lasso[] => {
		const begin = hopeless === 0 ? -1 : hopes.findIndex((hoped) => (hoped & (1 << index)) === 0);
		if (begin < 0) return [];
		expander.unpack(states.words, begin * states.width);
		const sentence =
			owing.sentence(demand, tables.cores.unfold(expander.before)) ?? 'It is owed for ever.';
		return [{ demand, state: begin, sentence }];
	});
	return { lassos, exercised: demands.map((_, index) => (everOwed & (1 << index)) !== 0), sweeps };
}

/** The same in one go. */
export const judgeLiveness = <Label>(
	exploration: Exploration<Label>,
	demands: readonly Demand[],
): Liveness => inOneGo(judgingLiveness(exploration, demands));

/** Hopes what the states after a free step may hope; true if there is nothing more to hope for. */
function hope<Label>(
	{ states, expander }: Exploration<Label>,
	hopes: Uint8Array,
	state: number,
	all: number,
): boolean {
	let hoped = hopes[state] ?? 0;
	const { words, width } = states;
	const found = expander.expand(words, state * width);
	const { out, stride } = expander;
	for (let at = 0; at < found * stride && hoped !== all; at += stride) {
		if ((out[at + width + SUCCESSOR_COST] ?? 0) >= 0 || out[at + width + SUCCESSOR_BREAKS] === 1)
			continue;
		const next = states.find(out, at);
		if (next !== SEEN) hoped |= hopes[next] ?? 0;
	}
	hopes[state] = hoped;
	return hoped === all;
}
