import type { Guarantee } from '../../model/guarantees/guarantee.ts';
import { Model, type ModelSnapshot } from '../../model/system/model.ts';
import { descriptorOf, type Event } from '../../model/vocabulary/events/event.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { choices } from './choices.ts';
import type { Exploration, Point } from './exploration.ts';
import { type Judged, judge } from './lights.ts';

/** A state to be taken to. */
export interface Goal {
	readonly words: string;
	/** Whose judges have to look on; none: what is seen says it. */
	readonly judges: readonly Guarantee[];
	/** Whether it is reached: what is seen, and what those judges have seen. */
	isReached(seen: Observation, judged: readonly Judged[], before: readonly Judged[]): boolean;
}

/** How far a search goes. */
export interface Limits {
	readonly states: number;
	readonly events: number;
	/** Faults, users, strangers, hours and the like, each at most so often. */
	readonly interventions: number;
}

export const LIMITS: Limits = { states: 30_000, events: 40, interventions: 2 };

/** More states than that, each of about 8 kB, are too many for a tab to remember. */
const MOST_STATES = 120_000;

/** Wider limits, after those were met; null: a browser goes no further. */
export function wider(limits: Limits, met: keyof Limits, states: number): Limits | null {
	if (states >= MOST_STATES) return null;
	// What more events or interventions lead to needs room, too.
	const room = Math.min(Math.max(limits.states, states * 2), MOST_STATES);
	return met === 'states'
		? { ...limits, states: Math.min(limits.states * 2, MOST_STATES) }
		: { ...limits, [met]: limits[met] + (met === 'events' ? 40 : 1), states: room };
}

export type Found =
	| { readonly kind: 'found'; readonly events: readonly Event[]; readonly states: number }
	/** All there is was looked at: `exhausted`; or there was more, beyond one of the limits. */
	| {
			readonly kind: 'none';
			readonly why: 'exhausted' | keyof Limits;
			readonly states: number;
			readonly depth: number;
	  };

/** How far a search is. */
export interface Progress {
	readonly states: number;
	readonly depth: number;
}

interface Node {
	readonly from: Node | null;
	readonly event: Event | null;
	readonly seen: Observation;
	readonly snapshot: ModelSnapshot;
	readonly judged: readonly Judged[];
	readonly depth: number;
	readonly interventions: number;
}

/** States between two turns of others. */
const BREATH = 60;

/** Looks, breadth first, for the shortest way from a point to a goal. It can be gone on with within wider limits. */
export class Search {
	readonly #setup: Setup;
	readonly #model: Model;
	readonly #goal: Goal;
	readonly #judged: readonly Judged[];
	readonly #known: Set<string>;
	/** All that is so many events away, how many of it were looked at, and what was found behind them. */
	#round: Node[];
	#place = 0;
	#next: Node[] = [];
	#depth = 0;
	/** Where something was possible beyond the limit of interventions. */
	#cut: Node[] = [];
	/** Those of them that wait, within a wider limit, for the round of what is as far away. */
	#waiting: Node[] = [];

	constructor(
		{ setup, tables }: Pick<Exploration, 'setup' | 'tables'>,
		{ seen, snapshot, judged: all }: Pick<Point, 'seen' | 'snapshot' | 'judged'>,
		goal: Goal,
	) {
		this.#setup = setup;
		this.#model = new Model(setup, tables);
		this.#goal = goal;
		const judged = all.filter(({ guarantee }) => goal.judges.includes(guarantee));
		this.#judged = judged;
		this.#round = [
			{ ...{ from: null, event: null, seen, snapshot, judged }, depth: 0, interventions: 0 },
		];
		this.#known = new Set(this.#round.map(keyOf));
	}

	/**
	 * From where it stopped, or from the start. Every so often it yields how many states it has looked at, so that others
	 * have a turn and may end it.
	 *
	 * @param limits no narrower than before.
	 */
	*within(limits: Limits): Generator<Progress, Found> {
		if (this.#round.length === 0) this.#beyond();
		for (; this.#round.length > 0; this.#nextRound()) {
			if (this.#depth === limits.events) return this.#none('events');
			for (; this.#place < this.#round.length; this.#place++) {
				if (this.#place % BREATH === BREATH - 1)
					yield { states: this.#known.size, depth: this.#depth };
				const node = this.#round[this.#place];
				const found = node === undefined ? null : this.#lookFrom(node, limits);
				if (found !== null) return found;
			}
		}
		return this.#none(this.#cut.length > 0 ? 'interventions' : 'exhausted');
	}

	/** One event on from a state. What was looked at before is known, so that it may be begun again. */
	#lookFrom(node: Node, limits: Limits): Found | null {
		let isCut = false;
		for (const event of choices(this.#setup, node.seen)) {
			const interventions = node.interventions + (isIntervention(event) ? 1 : 0);
			if (interventions > limits.interventions) {
				isCut = true;
				continue;
			}
			this.#model.putBack(node.snapshot);
			const after = this.#model.apply(event);
			const moment = { setup: this.#setup, before: node.seen, event, after };
			const found: Node = {
				...{ from: node, event, seen: after, depth: node.depth + 1, interventions },
				judged: judge(node.judged, moment),
				snapshot: this.#model.snapshot(),
			};
			if (this.#goal.isReached(after, found.judged, this.#judged))
				return { kind: 'found', events: eventsTo(found), states: this.#known.size };
			const key = keyOf(found);
			if (this.#known.has(key)) continue;
			this.#known.add(key);
			this.#next.push(found);
			if (this.#known.size >= limits.states) return this.#none('states');
		}
		if (isCut) this.#cut.push(node);
		return null;
	}

	#nextRound(): void {
		this.#depth++;
		this.#round = [...this.#next, ...this.#waiting.filter(({ depth }) => depth === this.#depth)];
		this.#place = 0;
		this.#next = [];
		// Between what is left and what waits there may be rounds of nothing.
		const nearest = this.#waiting.find(({ depth }) => depth > this.#depth);
		if (this.#round.length === 0 && nearest !== undefined) {
			this.#depth = nearest.depth - 1;
			this.#nextRound();
		}
	}

	/** All was looked at that so many interventions allow: what was cut is where more of them begin, the nearest first. */
	#beyond(): void {
		this.#waiting = this.#cut;
		this.#cut = [];
		this.#depth = -1;
		this.#nextRound();
	}

	#none(why: 'exhausted' | keyof Limits): Found {
		return { kind: 'none', why, states: this.#known.size, depth: this.#depth };
	}
}

/** What does not happen by itself: the checker counts it too. */
export const isIntervention = ({ kind }: Event): boolean => {
	const { cost, isFault } = descriptorOf(kind);
	return cost !== null || isFault;
};

function eventsTo(end: Node): Event[] {
	const events: Event[] = [];
	for (let at: Node | null = end; at !== null; at = at.from)
		if (at.event !== null) events.push(at.event);
	return events.reverse();
}

/** What decides what may come: machines, messages, and what the judges remember; the hour and the archive decide nothing. */
const keyOf = ({ snapshot, judged, interventions }: Node): string => {
	const { hosts, tasks, units, server, quotas } = snapshot.machines;
	return JSON.stringify([
		hosts.map(({ agent, block, command, call, heartbeat }) => [
			agent,
			block,
			command,
			call,
			heartbeat,
		]),
		...[tasks, units, server, quotas, snapshot.flights, snapshot.handlers, interventions],
		judged.map(({ memory, exercised, broken }) => [memory, exercised > 0, broken !== null]),
	]);
};
