import type { Event } from '../vocabulary/events/event.ts';
import type { Observation } from '../vocabulary/observation.ts';
import type { Setup } from '../vocabulary/setup.ts';
import { Composition, type CompositionSnapshot } from './composition.ts';
import { type Handler, Handlers } from './handlers.ts';
import { Happenings } from './happenings.ts';
import { type LastSeen, ModelObserver } from './model-observer.ts';
import { type Flight, ModelNetwork } from './network.ts';
import type { Answering } from './tables.ts';

/** All that the model is at one moment. */
export interface ModelSnapshot {
	readonly seen: Observation;
	readonly machines: CompositionSnapshot;
	readonly flights: readonly Flight[];
	readonly handlers: readonly Handler[];
	readonly last: LastSeen;
}

/** The model: what should happen. It lets events happen to the machines and shows what they have become. */
export class Model {
	readonly #system: Composition;
	readonly #network: ModelNetwork;
	readonly #handlers = new Handlers();
	readonly #happenings: Happenings;
	readonly #observer: ModelObserver;
	#seen: Observation;

	constructor(setup: Setup, tables: Answering) {
		const network = new ModelNetwork(setup, (host, lane) => this.#handlers.hangUp(host, lane));
		const system = new Composition(setup, tables, network);
		this.#system = system;
		this.#network = network;
		this.#happenings = new Happenings(system, this.#handlers);
		this.#observer = new ModelObserver(system, network, this.#handlers);
		this.#seen = this.#observer.observe(null);
	}

	get seen(): Observation {
		return this.#seen;
	}

	/** All that it is now, to be put back. Snapshots never change. */
	snapshot(): ModelSnapshot {
		return {
			seen: this.#seen,
			machines: this.#system.snapshot(),
			flights: this.#network.snapshot(),
			handlers: this.#handlers.snapshot(),
			last: this.#observer.snapshot(),
		};
	}

	putBack({ seen, machines, flights, handlers, last }: ModelSnapshot): void {
		this.#seen = seen;
		this.#system.putBack(machines);
		this.#network.putBack(flights);
		this.#handlers.putBack(handlers);
		this.#observer.putBack(last);
	}

	/** Lets a possible event happen. */
	apply(event: Event): Observation {
		this.#seen = this.#observer.observe(this.#happenings.happen(event));
		return this.#seen;
	}
}
