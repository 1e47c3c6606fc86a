import type { Exploration, Folding } from '../explore/explore.ts';
import { Ints } from '../memory/ints.ts';
import type { Layout } from '../memory/layout.ts';
import { MISSING } from '../memory/memo.ts';
import { CORE, NETWORK } from '../memory/place.ts';
import { ROOT } from '../memory/states.ts';
import { SUCCESSOR_BREAKS, SUCCESSOR_KEY } from '../memory/successor.ts';
import type { Exchange } from '../product/product.ts';
import { ProductError } from '../product/product-error.ts';
import { CUT } from '../tables/networks.ts';
import { BREAKS, STEP_CORE, STEP_COST, STEP_KEY, STEP_SAYS, STEP_SIZE } from '../tables/step.ts';
import type { Tables } from '../tables/tables.ts';

/** What becomes of cores and networks by one exchange, as far as they were met. */
interface Twins<Label> {
	readonly exchange: Exchange<Label>;
	readonly cores: Ints;
	readonly networks: Ints;
	/** By key: how the step reads after the exchange. */
	readonly said: string[];
}

/** A row of steps: of a core by itself, or with a message that is delivered. */
interface Row {
	readonly core: number;
	readonly message: number | null;
}

/**
 * States that differ only by an exchange of what is alike count as one: the one with the smallest
 * numbers stands for them. The twin of a core is where the exchanged steps lead; so nothing has to be
 * known of what is in a state, and each row of steps is compared with those of its twins when it is
 * made. Sound for promises about single steps; liveness needs to know which of them a run comes back to.
 */
export class Symmetry<Label> implements Folding {
	readonly #tables: Tables<Label>;
	readonly #twins: readonly Twins<Label>[];
	/** By key: how the step reads. */
	readonly #said: string[] = [];

	constructor(tables: Tables<Label>) {
		this.#tables = tables;
		this.#twins = (tables.product.exchanges ?? []).map((exchange) => ({
			exchange,
			cores: new Ints(),
			networks: new Ints(),
			said: [],
		}));
		const first = tables.cores.id(Int32Array.from(tables.initial));
		for (const { cores, networks } of this.#twins) {
			put(cores, first, first);
			put(networks, 0, 0);
		}
	}

	get bytes(): number {
		return this.#twins.reduce((sum, { cores, networks }) => sum + cores.bytes + networks.bytes, 0);
	}

	always(core: number): void {
		this.#met({ core, message: null });
	}

	ofList(list: number, core: number): void {
		this.#met({ core, message: this.#tables.rules.messageOf(list) });
	}

	change(network: number, change: number): void {
		const next = this.#tables.networks.apply(network, change);
		if (next === CUT) return;
		const twin = (of: number, { exchange }: Twins<Label>): number =>
			this.#tables.networks.replaced(of, (message) => exchange.message(message));
		for (const member of [next, ...this.#twins.map((twins) => twin(next, twins))])
			for (const twins of this.#twins) put(twins.networks, member, twin(member, twins));
	}

	rulesOf(network: number): void {
		this.#tables.rules.findOfNetwork(network);
	}

	fold(states: Int32Array, count: number, stride: number, layout: Layout): void {
		for (let at = 0; at < count * stride; at += stride)
			if (states[at + layout.words + SUCCESSOR_BREAKS] !== 1) this.#foldOne(states, at, layout);
	}

	/**
	 * The steps from the first state to one that a state stands for, and then one that breaks a promise
	 * as `last` does.
	 */
	story({ states, expander, layout }: Exploration<Label>, state: number, last: number): Label[] {
		const chain: number[] = [];
		for (let at = state; at !== ROOT; at = states.parents[at] ?? ROOT) chain.unshift(at);
		const { width } = states;
		const wanted = new Set([
			this.#reads(last),
			...this.#twins.map((one) => this.#exchanged(one, last)),
		]);
		let at = states.words.slice((chain[0] ?? 0) * width, ((chain[0] ?? 0) + 1) * width);
		const step = (fits: (successor: Int32Array) => boolean): Label => {
			const found = expander.expand(at, 0);
			for (let place = 0; place < found; place++) {
				const from = place * expander.stride;
				const successor = expander.out.slice(from, from + expander.stride);
				if (!fits(successor)) continue;
				at = successor;
				return this.#label(successor[width + SUCCESSOR_KEY] ?? -1);
			}
			throw new RangeError('a step that was found cannot be taken again');
		};
		const labels = chain.slice(1).map((next) =>
			step((successor) => {
				if (successor[width + SUCCESSOR_BREAKS] === 1) return false;
				const folded = successor.slice();
				this.#foldOne(folded, 0, layout);
				return states.find(folded, 0) === next;
			}),
		);
		const breaks = (successor: Int32Array): boolean =>
			successor[width + SUCCESSOR_BREAKS] === 1 &&
			wanted.has(this.#reads(successor[width + SUCCESSOR_KEY] ?? -1));
		return [...labels, step(breaks)];
	}

	#foldOne(states: Int32Array, at: number, { word, shift, mask }: Layout): void {
		const coreAt = at + (word[CORE] ?? 0);
		const networkAt = at + (word[NETWORK] ?? 0);
		const coreBy = shift[CORE] ?? 0;
		const networkBy = shift[NETWORK] ?? 0;
		const coreMask = mask[CORE] ?? 0;
		const networkMask = mask[NETWORK] ?? 0;
		const core = ((states[coreAt] ?? 0) >>> coreBy) & coreMask;
		const network = ((states[networkAt] ?? 0) >>> networkBy) & networkMask;
		let least = core;
		let leastNetwork = network;
		for (let place = 0; place < this.#twins.length; place++) {
			const twins = this.#twins[place];
			const twin = twins?.cores.at(core) ?? core;
			const other = twins?.networks.at(network) ?? network;
			if (twin > least || (twin === least && other >= leastNetwork)) continue;
			least = twin;
			leastNetwork = other;
		}
		if (least !== core)
			states[coreAt] = ((states[coreAt] ?? 0) & ~(coreMask << coreBy)) | (least << coreBy);
		if (leastNetwork !== network)
			states[networkAt] =
				((states[networkAt] ?? 0) & ~(networkMask << networkBy)) | (leastNetwork << networkBy);
	}

	/** Makes a row and those of its twins, and compares each with the others. */
	#met(row: Row): void {
		this.#row(row);
		for (const member of [row, ...this.#twins.map((twins) => this.#twin(row, twins))])
			for (const twins of this.#twins) this.#compare(member, twins);
	}

	#twin({ core, message }: Row, { cores, exchange }: Twins<Label>): Row {
		return { core: cores.at(core), message: message === null ? null : exchange.message(message) };
	}

	#row({ core, message }: Row): number {
		const { cores } = this.#tables;
		if (message === null) {
			if (cores.always.at(core) === MISSING) cores.findAlways(core);
			return cores.always.at(core);
		}
		const list = this.#tables.rules.ofMessage(message);
		if (cores.ofList.get(list, core) === MISSING) cores.findOfList(list, core);
		return cores.ofList.get(list, core);
	}

	/** Finds the twins of the cores that a row leads to; refuses an exchange that steps do not allow. */
	#compare(row: Row, twins: Twins<Label>): void {
		const { steps } = this.#tables.cores;
		const own = this.#row(row);
		const other = this.#row(this.#twin(row, twins));
		const count = steps.at(own);
		if (steps.at(other) !== count) throw unlike();
		const byWords = new Map<string, number>();
		for (let step = other + 1; step < other + 1 + count * STEP_SIZE; step += STEP_SIZE)
			byWords.set(this.#reads(steps.at(step + STEP_KEY)), step);
		for (let step = own + 1; step < own + 1 + count * STEP_SIZE; step += STEP_SIZE) {
			const twin = byWords.get(this.#exchanged(twins, steps.at(step + STEP_KEY)));
			if (byWords.size < count || twin === undefined) throw unlike();
			const breaks = (at: number): boolean => steps.at(at + STEP_SAYS) === BREAKS;
			if (steps.at(step + STEP_COST) !== steps.at(twin + STEP_COST)) throw unlike();
			if (breaks(step) !== breaks(twin)) throw unlike();
			put(twins.cores, steps.at(step + STEP_CORE), steps.at(twin + STEP_CORE));
		}
	}

	#reads(key: number): string {
		const said = this.#said[key] ?? JSON.stringify(this.#label(key));
		this.#said[key] = said;
		return said;
	}

	#exchanged({ said, exchange }: Twins<Label>, key: number): string {
		const exchanged = said[key] ?? exchange.said(this.#label(key));
		said[key] = exchanged;
		return exchanged;
	}

	#label(key: number): Label {
		return this.#tables.labels.value(key);
	}
}

/** Sets a twin; there is only one. */
function put(twins: Ints, of: number, twin: number): void {
	while (twins.length <= of) twins.push(MISSING);
	if (twins.at(of) !== MISSING && twins.at(of) !== twin) throw unlike();
	twins.array[of] = twin;
}

const unlike = (): ProductError =>
	new ProductError('what was to be exchanged is not alike: steps differ after the exchange');
