import { Model } from '../../model/system/model.ts';
import { TablesByDesign } from '../../model/system/tables-by-design.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import { isPossible } from '../../model/vocabulary/events/possible.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';

/** Shared by all stories: what machines answer does not depend on who asks. */
const tables = new TablesByDesign();

/** A story on the model while it is read: what a word stands for depends on what has come before it. */
export class Rehearsal {
	readonly setup: Setup;
	readonly #model: Model;

	constructor(setup: Setup) {
		const own = tables.of(setup);
		for (const table of Object.values(own)) if (table.full) table.startAgain();
		this.setup = setup;
		this.#model = new Model(setup, own);
	}

	get seen(): Observation {
		return this.#model.seen;
	}

	/** Whether the event was possible, and so has happened. */
	happen(event: Event): boolean {
		if (!isPossible(this.setup, this.seen, event)) return false;
		this.#model.apply(event);
		return true;
	}
}
