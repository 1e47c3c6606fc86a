import type { Guarantee } from '../../../guarantees/guarantee.ts';
import { guarantees } from '../../../guarantees/index.ts';
import { inOrder } from '../../../guarantees/overlap.ts';
import type { Overrides } from '../../../machines/index.ts';
import { Model } from '../../../system/model.ts';
import { type Answering, createTables } from '../../../system/tables.ts';
import type { Message } from '../../../vocabulary/message.ts';
import type { ArchivedExecution, Observation } from '../../../vocabulary/observation.ts';
import type { Configuration } from '../../configurations/configuration.ts';
import { Expander, readable, supplyOf } from '../../engine/explore/expander.ts';
import { layoutOf } from '../../engine/memory/layout.ts';
import { BUDGET, FIRST, MEMORY, NETWORK, STORED } from '../../engine/memory/place.ts';
import { SUCCESSOR_BREAKS, SUCCESSOR_KEY } from '../../engine/memory/successor.ts';
import type { Product } from '../../engine/product/product.ts';
import { Tables } from '../../engine/tables/tables.ts';
import { RetryProduct } from '../retry-product.ts';
import { NOW } from '../sandbox/local.ts';
import type { Happened } from '../sandbox/sandbox.ts';

/** What a judge says of a step: that it was put to the test, and what was broken. */
export interface Said {
	readonly id: string;
	readonly exercised: boolean;
	readonly broken: string | null;
}

/** A system as it is compared: what is seen, the answer, and what the judges of the last step say. */
export interface Side {
	readonly seen: object;
	readonly said: readonly Said[];
}

/** A step that the product can take now. */
export interface Choice {
	readonly happened: Happened;
	readonly at: number;
}

/**
 * The product of the checker and the model side by side: the one takes a step, to the other the event
 * of that step happens. The product keeps times and archived executions only as far as promises
 * depend on them; what the model shows is cut down to that before the two are compared.
 */
export class Conformance {
	readonly #configuration: Configuration;
	readonly #product: RetryProduct;
	readonly #walked: Walked;
	/** The same product, but all that a step shows is kept. */
	readonly #shown: Walked;
	readonly #tables: Answering;
	#model: Model;
	readonly #guarantees: readonly Guarantee[];
	#judges: readonly { readonly guarantee: Guarantee; memory: unknown }[] = [];

	constructor(
		configuration: Configuration,
		overrides: Overrides = {},
		judges: readonly Guarantee[] = guarantees,
	) {
		const tables = createTables(overrides);
		const product = new RetryProduct(configuration, tables, judges);
		this.#guarantees = judges;
		this.#configuration = configuration;
		this.#product = product;
		this.#walked = new Walked(product);
		this.#shown = new Walked({
			components: product.components,
			initial: product.initial,
			budgets: product.budgets,
			capacity: product.capacity,
			rules: product.rules,
			deliveries: (message) => product.deliveries(message),
			observers: [],
		});
		this.#tables = tables;
		this.#model = this.startAgain();
	}

	/** Begins a new walk; what the tables of the checker learnt on those before they keep. */
	startAgain(): Model {
		const { setup } = this.#configuration;
		this.#walked.startAgain();
		this.#shown.startAgain();
		this.#model = new Model(setup, this.#tables);
		this.#judges = this.#guarantees.map((guarantee) => ({
			guarantee,
			memory: guarantee.begin(setup, this.#model.seen),
		}));
		return this.#model;
	}

	/** What the model shows now. */
	get seen(): Observation {
		return this.#model.seen;
	}

	/** What can happen next. */
	choices(): Choice[] {
		const labels = this.#walked.labels();
		this.#shown.labels();
		return labels.map((happened, at) => ({ happened, at }));
	}

	/** Takes a step on both sides: what the product makes of it, and what the model does. */
	take({ happened, at }: Choice): { product: Side; model: Side; broken: boolean } {
		const { event, answer } = happened;
		const before = this.#model.seen;
		const after = this.#model.apply(event);
		const moment = inOrder({ setup: this.#configuration.setup, before, event, after });
		const byModel = this.#judges.map((judge): Said => {
			const ruling = judge.guarantee.step(judge.memory, moment);
			if (ruling !== null) judge.memory = ruling.memory;
			return saidOf(judge.guarantee.id, ruling);
		});
		const { said, broken } = this.#judged(at);
		const shown = this.#product.show(this.#walked.places);
		const carried = this.#walked.messages();
		const inFlight = this.#product.flights(carried);
		const in_hand = this.#product.inHand(carried);
		return {
			product: { seen: plain({ ...shown, minute: NOW, answer, in_hand }, inFlight), said },
			model: { seen: plain(asKept(after), after.messages), said: byModel },
			broken,
		};
	}

	/** Takes a step of the product, and has its judges look at all that it showed. */
	#judged(at: number): { said: Said[]; broken: boolean } {
		const walked = this.#walked;
		const before = walked.places.slice();
		const key = walked.key(at);
		const shown = this.#shown.successor(at);
		const after = walked.successor(at);
		const showing = after.map((value, place) => (place < FIRST ? value : (shown[place] ?? 0)));
		const step = walked.tables.step(key, before, showing);
		const { observing } = walked.tables;
		const said = observing
			.judge(step, before[MEMORY] ?? 0)
			.map((judgement, place) => saidOf(observing.observers[place]?.id ?? '', judgement));
		const broken = walked.breaks(at);
		walked.places = after;
		shown.set(after.subarray(FIRST), FIRST);
		this.#shown.places = shown;
		return { said, broken };
	}
}

/** A product and the state it is in, each place in a word of its own. */
class Walked {
	readonly tables: Tables<Happened>;
	places: Int32Array;
	readonly #expander: Expander;
	readonly #words: number;

	constructor(product: Product<Happened>) {
		const tables = new Tables(product);
		this.tables = tables;
		this.places = Int32Array.from(tables.initial);
		const layout = layoutOf(Array(STORED).fill(31));
		this.#words = layout.words;
		this.#expander = new Expander(readable(tables), layout, {
			...supplyOf(tables),
			read: () => readable(tables),
		});
	}

	startAgain(): void {
		this.places = Int32Array.from(this.tables.initial);
	}

	/** The steps that lead on from here, in their order. */
	labels(): Happened[] {
		const { places } = this;
		const stored = [places[BUDGET] ?? 0, places[NETWORK] ?? 0, this.tables.cores.id(places)];
		const found = this.#expander.expand(Int32Array.from(stored), 0);
		return Array.from({ length: found }, (_, at) => this.#label(this.key(at)));
	}

	key(at: number): number {
		return this.#expander.out[at * this.#expander.stride + this.#words + SUCCESSOR_KEY] ?? -1;
	}

	breaks(at: number): boolean {
		return this.#expander.out[at * this.#expander.stride + this.#words + SUCCESSOR_BREAKS] === 1;
	}

	successor(at: number): Int32Array {
		const from = at * this.#expander.stride;
		return this.tables.cores.unfold(this.#expander.out.subarray(from, from + this.#words));
	}

	messages(): readonly number[] {
		return this.tables.networks.messages(this.places[NETWORK] ?? 0);
	}

	#label(key: number): Happened {
		return this.tables.labels.value(key);
	}
}

const saidOf = (id: string, said: { exercised: boolean; broken: string | null } | null): Said => ({
	id,
	exercised: said?.exercised ?? false,
	broken: said?.broken ?? null,
});

/** What is seen, as JSON says it, with messages in flight and handlers in an order of their own. */
function plain(seen: Observation, messages: readonly Message[]): object {
	const inFlight = messages.map((message) => JSON.stringify(message)).sort();
	const in_hand = seen.in_hand.map((one) => JSON.stringify(one)).sort();
	return JSON.parse(JSON.stringify({ ...seen, messages: inFlight, in_hand }));
}

/** What the checker keeps of what the model shows: minutes as they look from a fixed one, and of the archive what counts. */
function asKept(seen: Observation): Observation {
	const kept = (minute: number): number => Math.max(0, NOW - (seen.minute - minute));
	const orNull = (minute: number | null): number | null => (minute === null ? null : kept(minute));
	const archived = (entry: ArchivedExecution): ArchivedExecution => ({
		...entry,
		dispatched_minute: orNull(entry.dispatched_minute),
		ended_minute: kept(entry.ended_minute),
		mark: entry.mark === 'granted' ? 'granted' : 'none',
		aborted: false,
		details: { status: 'failed', type: null, description: '', timed_out: null },
	});
	return {
		...seen,
		minute: NOW,
		tasks: seen.tasks.map((task) => ({
			...task,
			dispatched_minute: orNull(task.dispatched_minute),
			ended_minute: orNull(task.ended_minute),
			history: task.history.map(archived),
		})),
	};
}
