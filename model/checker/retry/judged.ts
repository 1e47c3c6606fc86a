import type { Guarantee } from '../../guarantees/guarantee.ts';
import { judging } from '../../guarantees/judge.ts';
import { Model } from '../../system/model.ts';
import type { MachineTables } from '../../system/tables.ts';
import type { Event } from '../../vocabulary/events/event.ts';
import type { Setup } from '../../vocabulary/setup.ts';
import type { Story } from '../../vocabulary/stories/story.ts';
import type { Configuration } from '../configurations/configuration.ts';
import type { Exploration, Progress } from '../engine/explore/explore.ts';
import { STUCK } from './retry-product.ts';
import type { Happened } from './sandbox/sandbox.ts';

/** What a check says of one guarantee, or of deadlock. */
export interface Judged {
	readonly id: string;
	readonly name: string;
	readonly verdict: 'holds' | 'violated' | 'unknown';
	/** Why it is unknown, or what was promised and seen instead. */
	readonly sentence: string | null;
	readonly counterexample: Counterexample | null;
}

/** What the check of a configuration came to. */
export interface Checked {
	readonly configuration: Configuration;
	/** Violated if any guarantee is; unknown if the space could not be gone through to its end. */
	readonly verdict: 'holds' | 'violated' | 'unknown';
	readonly ending: CheckEnding;
	/** Distinct states, steps found, steps cut off by the bound on messages, and the longest shortest way. */
	readonly states: number;
	readonly generated: number;
	readonly cut: number;
	readonly depth: number;
	readonly bytes: number;
	/** Where states were kept as bits: the share of the states met that was probably not left out, 0 to 1. */
	readonly coverage: number | null;
	readonly seconds: number;
	readonly judged: readonly Judged[];
	/** The halves of guarantees that were put to the test by steps that were taken, as situations are named. */
	readonly reached: readonly string[];
	/** Ids of what could not be judged, because hosts that are alike counted as one. */
	readonly unjudged: readonly string[];
}

/** A shortest way to a broken promise. */
export interface Counterexample {
	readonly story: Story;
	/** Of a liveness guarantee: what may then go on for ever; empty: nothing happens any more. */
	readonly loop: readonly Event[] | null;
	/** The index of the event after which it could not be avoided any more; null: not found out. */
	readonly unavoidable: number | null;
}

/** How a check ended; `approximate`: nothing was left to explore, but states were kept as bits only. */
export type CheckEnding = Exploration<Happened>['ending'] | 'approximate';

/** Those who judge: the guarantees, and what is always looked for beside them. */
export class CheckJudges {
	readonly #setup: Setup;
	readonly #machines: MachineTables;
	readonly #judges: readonly Guarantee[];

	constructor(setup: Setup, machines: MachineTables, judges: readonly Guarantee[]) {
		this.#setup = setup;
		this.#machines = machines;
		this.#judges = judges;
	}

	all(judge: (id: string) => Judged): Judged[] {
		return [...this.#judges.map(({ id }) => id), STUCK].map(judge);
	}

	unknown(id: string, why: string): Judged {
		const name = this.name(id);
		return { id, name, verdict: 'unknown', sentence: why, counterexample: null };
	}

	holds(id: string): Judged {
		const name = this.name(id);
		return { id, name, verdict: 'holds', sentence: null, counterexample: null };
	}

	name(id: string): string {
		return (
			this.#judges.find((guarantee) => guarantee.id === id)?.name ?? 'nothing-is-left-for-ever'
		);
	}

	/** What the model and the judges say at the last event of a story. */
	replay(events: readonly Event[]): readonly { id: string; sentence: string }[] {
		const setup = this.#setup;
		const model = new Model(setup, this.#machines);
		const judge = judging(setup, model.seen, this.#judges);
		let broken: readonly { id: string; sentence: string }[] = [];
		for (const event of events) {
			const before = model.seen;
			broken = judge.step({ setup, before, event, after: model.apply(event) });
		}
		return broken;
	}

	/** Stories as counterexamples of what they break at their last event, one for each guarantee. */
	*broken(stories: Iterable<BrokenStory>): Generator<Progress, Map<string, Judged>, void> {
		const found = new Map<string, Judged>();
		for (const { events, unavoidable } of stories)
			for (const { id, sentence } of this.replay(events))
				if (!found.has(id))
					found.set(id, {
						id,
						name: this.name(id),
						verdict: 'violated',
						sentence,
						counterexample: {
							story: { setup: this.#setup, events },
							loop: null,
							unavoidable: unavoidable === undefined ? null : yield* unavoidable(),
						},
					});
		return found;
	}
}

/** A story whose last event breaks promises, and after which event that could not be avoided, where it can be found out. */
export interface BrokenStory {
	readonly events: Event[];
	unavoidable?(): Generator<Progress, number | null, void>;
}
