import type { Event } from '../vocabulary/events/event.ts';
import type { Observation } from '../vocabulary/observation.ts';
import type { Setup } from '../vocabulary/setup.ts';
import { Composition, type CompositionSnapshot } from './composition.ts';
import { Happenings } from './happenings.ts';
import { type LastSeen, ModelObserver } from './model-observer.ts';
import { type Flight, ModelNetwork } from './network.ts';
import type { Answering } from './tables.ts';

/** All that the model is at one moment. */
export interface ModelSnapshot {
	readonly seen: Observation;
	readonly machines: CompositionSnapshot;
	readonly flights: readonly Flight[];
	readonly last: LastSeen;
}

/** The model: what should happen. It lets events happen to the machines and shows what they have become. */
export class Model {
	readonly #system: Composition;
	readonly #network: ModelNetwork;
	readonly #happenings: Happenings;
	readonly #observer: ModelObserver;
	#seen: Observation;

	constructor(setup: Setup, tables: Answering) {
		const network = new ModelNetwork(setup);
		const system = new Composition(setup, tables, network);
		this.#system = system;
		this.#network = network;
		this.#happenings = new Happenings(system);
		this.#observer = new ModelObserver(system, network);
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
			last: this.#observer.snapshot(),
		};
	}

	putBack({ seen, machines, flights, last }: ModelSnapshot): void {
		this.#seen = seen;
		this.#system.putBack(machines);
		this.#network.putBack(flights);
		this.#observer.putBack(last);
	}

	/** Lets a possible event happen. */
	apply(event: Event): Observation {
		this.#seen = this.#observer.observe(this.#happenings.happen(event));
		return this.#seen;
	}
}
