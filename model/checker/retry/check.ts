import { tablesOf } from '../../designs/tables.ts';
import type { Guarantee } from '../../guarantees/guarantee.ts';
import { guarantees } from '../../guarantees/index.ts';
import { judging } from '../../guarantees/judge.ts';
import { Model } from '../../system/model.ts';
import type { Tables as Machines } from '../../system/tables.ts';
import type { Event } from '../../vocabulary/event.ts';
import type { Story } from '../../vocabulary/story.ts';
import { unavoidableAfter } from '../avoidable.ts';
import { type Exploration, exploring, type Limits, type Progress } from '../explore.ts';
import { type Doom, judgingLiveness, type Liveness, type Sweep } from '../liveness.ts';
import { loopFrom } from '../loop.ts';
import { Owing } from '../owing.ts';
import { pathTo } from '../path.ts';
import { Tables } from '../tables.ts';
import { exploringTogether } from '../together.ts';
import type { Configuration } from './bounds.ts';
import { RetryProduct, STUCK } from './retry-product.ts';
import type { Happened } from './scratch.ts';

/** What a check says of one guarantee, or of deadlock. */
export interface Judged {
	readonly id: string;
	readonly name: string;
	readonly verdict: 'holds' | 'violated' | 'unknown';
	/** Why it is unknown, or what was promised and seen instead. */
	readonly sentence: string | null;
	readonly counterexample: Counterexample | null;
}

/** A shortest way to a broken promise. */
export interface Counterexample {
	readonly story: Story;
	/** Of a liveness guarantee: what may then go on for ever; empty: nothing happens any more. */
	readonly loop: readonly Event[] | null;
	/** The index of the event after which it could not be avoided any more; null: not found out. */
	readonly unavoidable: number | null;
}

/** How far a check is: states found, or the states of a sweep that are left. */
export type Phase =
	| ({ readonly phase: 'exploring' } & Progress)
	| ({ readonly phase: 'judging liveness' } & Sweep);

/** What the check of a configuration came to. */
export interface Checked {
	readonly configuration: Configuration;
	/** Violated if any guarantee is; unknown if the space could not be gone through to its end. */
	readonly verdict: 'holds' | 'violated' | 'unknown';
	readonly ending: Exploration<Happened>['ending'];
	/** Distinct states, steps found, steps cut off by the bound on messages, and the longest shortest way. */
	readonly states: number;
	readonly generated: number;
	readonly cut: number;
	readonly depth: number;
	readonly bytes: number;
	readonly seconds: number;
	readonly judged: readonly Judged[];
}

export interface CheckOptions {
	readonly limits: Limits;
	readonly machines?: Machines;
	readonly judges?: readonly Guarantee[];
	/** Threads that explore; several may number the states in another order. */
	readonly workers?: number;
}

/**
 * Goes through every state of a configuration and judges every guarantee in it. A violation is told
 * as a shortest story, which was replayed on the model before it is shown.
 *
 * @throws RangeError if the model does not replay what the checker found: a mistake of the checker.
 */
export async function* checking(
	configuration: Configuration,
	{
		limits,
		machines = tablesOf(configuration.setup),
		judges = guarantees,
		workers = 1,
	}: CheckOptions,
): AsyncGenerator<Phase, Checked, void> {
	const begun = performance.now();
	const product = new RetryProduct(configuration, machines, judges);
	const tables = new Tables(product);
	const explored = yield* named(
		'exploring',
		workers === 1 ? exploring(tables, limits) : exploringTogether(tables, limits, workers),
	);
	const liveness =
		explored.ending === 'complete'
			? yield* unlessStopped(
					named('judging liveness', judgingLiveness(explored, product.demands)),
					limits,
				)
			: null;
	const exploration: Exploration<Happened> =
		explored.ending === 'complete' && liveness === null
			? { ...explored, ending: 'stopped' }
			: explored;
	const finder = new Finder(configuration, exploration, machines, judges);
	const judged = liveness === null ? finder.broken() : finder.live(product, liveness);
	const verdict = judged.some((one) => one.verdict === 'violated')
		? 'violated'
		: exploration.ending === 'complete'
			? 'holds'
			: 'unknown';
	return {
		configuration,
		verdict,
		ending: exploration.ending,
		states: exploration.states.count,
		generated: exploration.generated,
		cut: exploration.cut,
		depth: exploration.depth,
		bytes: exploration.states.bytes,
		seconds: (performance.now() - begun) / 1000,
		judged,
	};
}

/** The same without being told how far it is. */
export async function check(configuration: Configuration, options: CheckOptions): Promise<Checked> {
	const work = checking(configuration, options);
	for (;;) {
		const step = await work.next();
		if (step.done === true) return step.value;
	}
}

/** Something that tells how far it is, by itself or with threads. */
type Work<Told, Result> = Generator<Told, Result, void> | AsyncGenerator<Told, Result, void>;

async function* named<Name extends string, Told, Result>(
	phase: Name,
	work: Work<Told, Result>,
): AsyncGenerator<Told & { readonly phase: Name }, Result, void> {
	for (let step = await work.next(); ; step = await work.next()) {
		if (step.done === true) return step.value;
		yield { ...step.value, phase };
	}
}

/** The result, or null if the work is to stop before it is done. */
async function* unlessStopped<Told, Result>(
	work: Work<Told, Result>,
	{ stop }: Limits,
): AsyncGenerator<Told, Result | null, void> {
	for (let step = await work.next(); ; step = await work.next()) {
		if (step.done === true) return step.value;
		yield step.value;
		if (stop?.() === true) return null;
	}
}

const WHY: Record<Exploration<Happened>['ending'], string> = {
	complete: 'it never mattered',
	broken: 'the search ended at a broken promise',
	'out of memory': 'the memory for states was used up',
	stopped: 'the search was stopped',
};

/** Says what was found of each guarantee. */
class Finder {
	readonly #configuration: Configuration;
	readonly #exploration: Exploration<Happened>;
	readonly #machines: Machines;
	readonly #judges: readonly Guarantee[];

	constructor(
		configuration: Configuration,
		exploration: Exploration<Happened>,
		machines: Machines,
		judges: readonly Guarantee[],
	) {
		this.#configuration = configuration;
		this.#exploration = exploration;
		this.#machines = machines;
		this.#judges = judges;
	}

	/** The space was not gone through: promises were broken, or nothing can be said. */
	broken(): Judged[] {
		const found = new Map<string, Judged>();
		for (const { state, key } of this.#exploration.breaches) {
			const last = this.#exploration.tables.labels[key];
			if (last === undefined) continue;
			const events = [...pathTo(this.#exploration, state), last].map(({ event }) => event);
			const broken = this.#replay(events).filter(({ id }) => !found.has(id));
			if (broken.length === 0) continue;
			const unavoidable = unavoidableAfter(this.#exploration, state);
			for (const { id, sentence } of broken)
				found.set(id, {
					id,
					name: this.#name(id),
					verdict: 'violated',
					sentence,
					counterexample: {
						story: { setup: this.#configuration.setup, events },
						loop: null,
						unavoidable: unavoidable === undefined ? null : (unavoidable ?? events.length) - 1,
					},
				});
		}
		return this.#all((id) => found.get(id) ?? this.#unknown(id));
	}

	/** The whole space was gone through and no step broke a promise: is anything owed for ever? */
	live(product: RetryProduct, { dooms, mattered }: Liveness): Judged[] {
		const exploration = this.#exploration;
		const owed = new Map(product.demands.map(({ id }, place) => [id, mattered[place] === true]));
		const stepwise = new Map(
			this.#judges.map(({ id }, place) => [
				id,
				exploration.tables.observing.mattered[place] === true,
			]),
		);
		return this.#all((id) => {
			const doom = dooms.find(({ demand }) => demand.id === id);
			if (doom !== undefined) return this.#doomed(doom);
			const tested = (stepwise.get(id) ?? true) && (owed.get(id) ?? true);
			return tested
				? { id, name: this.#name(id), verdict: 'holds', sentence: null, counterexample: null }
				: this.#unknown(id);
		});
	}

	/** What is owed is told as it looks in the loop: on the way into it, other things may be left over too. */
	#doomed({ demand, state, sentence }: Doom): Judged {
		const { id } = demand;
		const { states, expander, tables } = this.#exploration;
		const way = pathTo(this.#exploration, state);
		const found = loopFrom(this.#exploration, state);
		if (found !== null) expander.unpack(states.words, found.state * states.width);
		const left =
			found === null
				? null
				: new Owing([], tables.networks).sentence(demand, tables.cores.unfold(expander.before));
		const events = [...way, ...(found?.stem ?? [])].map(({ event }) => event);
		this.#replay(events);
		return {
			id,
			name: this.#name(id),
			verdict: 'violated',
			sentence: left ?? sentence,
			counterexample: {
				story: { setup: this.#configuration.setup, events },
				loop: found === null ? null : found.loop.map(({ event }) => event),
				unavoidable: way.length - 1,
			},
		};
	}

	/** What the model and the judges say at the last event. */
	#replay(events: readonly Event[]): readonly { id: string; sentence: string }[] {
		const { setup } = this.#configuration;
		const model = new Model(setup, this.#machines);
		const judge = judging(setup, model.seen, this.#judges);
		let broken: readonly { id: string; sentence: string }[] = [];
		for (const event of events) {
			const before = model.seen;
			broken = judge.step({ setup, before, event, after: model.apply(event) });
		}
		return broken;
	}

	#all(judge: (id: string) => Judged): Judged[] {
		return [...this.#judges.map(({ id }) => id), STUCK].map(judge);
	}

	#unknown(id: string): Judged {
		return {
			id,
			name: this.#name(id),
			verdict: 'unknown',
			sentence: WHY[this.#exploration.ending],
			counterexample: null,
		};
	}

	#name(id: string): string {
		return (
			this.#judges.find((guarantee) => guarantee.id === id)?.name ?? 'nothing-is-left-for-ever'
		);
	}
}
