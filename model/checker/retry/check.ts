import type { Guarantee } from '../../guarantees/guarantee.ts';
import { guarantees } from '../../guarantees/index.ts';
import { halvesOf } from '../../guarantees/situation.ts';
import type { MachineTables } from '../../system/tables.ts';
import { tablesOf } from '../../system/tables-by-design.ts';
import { UNJUDGED, UNSHOWN } from '../../vocabulary/ending.ts';
import type { Configuration } from '../configurations/configuration.ts';
import { exploringBits } from '../engine/bitstate/exploring.ts';
import {
	type Exploration,
	Exploring,
	exploring,
	type Limits,
	type Progress,
} from '../engine/explore/explore.ts';
import { pathTo } from '../engine/explore/path.ts';
import { unavoidableAfter } from '../engine/liveness/avoidable.ts';
import {
	judgingLiveness,
	type Lasso,
	type Liveness,
	type Sweep,
} from '../engine/liveness/liveness.ts';
import { type Loop, loopFrom } from '../engine/liveness/loop.ts';
import { Owing } from '../engine/liveness/owing.ts';
import { Symmetry } from '../engine/symmetry/symmetry.ts';
import { Tables } from '../engine/tables/tables.ts';
import { exploringTogether } from '../engine/workers/together.ts';
import { judgedAsBits } from './bits-judged.ts';
import { type BrokenStory, type Checked, CheckJudges, type Judged } from './judged.ts';
import { RetryProduct } from './retry-product.ts';
import type { Happened } from './sandbox/sandbox.ts';

/** How far a check is: states found, or the states of a sweep that are left. */
export type Phase =
	| ({ readonly phase: 'exploring' } & Progress)
	| ({ readonly phase: 'judging liveness' } & Sweep);

export interface CheckOptions {
	readonly limits: Limits;
	readonly machines?: MachineTables;
	readonly judges?: readonly Guarantee[];
	/** Threads that explore; several may number the states in another order. */
	readonly workers?: number;
	/** Hosts that are alike count as one; then liveness is not judged, and one thread explores. */
	readonly symmetry?: boolean;
	/** Only bits of each state are kept: it gets farther, and nothing holds. One thread explores. */
	readonly bitstate?: boolean;
	/** Is given the space once it was gone through to its end, for whoever goes through it again. */
	readonly onExplored?: (exploration: Exploration<Happened>) => void;
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
		symmetry = false,
		bitstate = false,
		onExplored = () => {},
	}: CheckOptions,
): AsyncGenerator<Phase, Checked, void> {
	const begun = performance.now();
	const product = new RetryProduct(configuration, machines, judges);
	const tables = new Tables(product);
	const checkJudges = new CheckJudges(configuration.setup, machines, judges);
	if (bitstate) {
		const found = yield* named('exploring', exploringBits(tables, limits));
		const seconds = (performance.now() - begun) / 1000;
		const reached = reachedIn(judges, tables);
		return { configuration, ...judgedAsBits(found, checkJudges), reached, seconds, unjudged: [] };
	}
	const folded = symmetry && product.exchanges.length > 0 ? new Symmetry(tables) : null;
	const explored = yield* named('exploring', work(tables, limits, folded, workers));
	const complete = explored.ending === 'complete';
	if (complete && folded === null) onExplored(explored);
	const liveness =
		complete && folded === null
			? yield* unlessStopped(
					named('judging liveness', judgingLiveness(explored, product.demands)),
					limits,
				)
			: null;
	const exploration: Exploration<Happened> =
		complete && folded === null && liveness === null
			? { ...explored, ending: 'stopped' }
			: explored;
	const finder = new Finder(configuration, exploration, folded, checkJudges, limits);
	const judged =
		liveness !== null
			? yield* named('judging liveness', finder.live(product, liveness))
			: exploration.ending === 'complete'
				? finder.safe(product)
				: yield* named('exploring', finder.broken());
	const { ending, states, generated, cut, depth } = exploration;
	return {
		configuration,
		verdict: judged.some((one) => one.verdict === 'violated')
			? 'violated'
			: liveness !== null
				? 'holds'
				: 'unknown',
		...{ ending, states: states.count, generated, cut, depth, coverage: null },
		bytes: states.bytes + tables.bytes,
		seconds: (performance.now() - begun) / 1000,
		judged,
		reached: reachedIn(judges, tables),
		unjudged: folded === null ? [] : product.demands.map(({ id }) => id),
	};
}

/** The halves that were put to the test by a step that was taken, as situations are named. */
const reachedIn = (judges: readonly Guarantee[], { observing }: Tables<Happened>): string[] => {
	const { halves } = observing.tested;
	return judges.flatMap((guarantee, place) =>
		halvesOf(guarantee).filter((_, half) => halves[place]?.[half] === true),
	);
};

/** Explores with as many threads as are wanted; where states are folded, with one. */
function work(
	tables: Tables<Happened>,
	limits: Limits,
	symmetry: Symmetry<Happened> | null,
	workers: number,
): Work<Progress, Exploration<Happened>> {
	if (symmetry !== null) return new Exploring(tables, limits, symmetry).run(limits, tables.initial);
	return workers === 1 ? exploring(tables, limits) : exploringTogether(tables, limits, workers);
}

/** The same without reports of how far it is. */
export async function check(configuration: Configuration, options: CheckOptions): Promise<Checked> {
	const work = checking(configuration, options);
	for (;;) {
		const step = await work.next();
		if (step.done === true) return step.value;
	}
}

/** Something that tells how far it is, by itself or with threads. */
type Work<Progressing, Result> =
	| Generator<Progressing, Result, void>
	| AsyncGenerator<Progressing, Result, void>;

async function* named<Name extends string, Progressing, Result>(
	phase: Name,
	work: Work<Progressing, Result>,
): AsyncGenerator<Progressing & { readonly phase: Name }, Result, void> {
	for (let step = await work.next(); ; step = await work.next()) {
		if (step.done === true) return step.value;
		yield { ...step.value, phase };
	}
}

/** The result, or null if the work is to stop before it is done. */
async function* unlessStopped<Progressing, Result>(
	work: Work<Progressing, Result>,
	{ stop }: Limits,
): AsyncGenerator<Progressing, Result | null, void> {
	for (let step = await work.next(); ; step = await work.next()) {
		if (step.done === true) return step.value;
		yield step.value;
		if (stop?.() === true) return null;
	}
}

/** Says what was found of each guarantee. */
class Finder {
	readonly #setup: Configuration['setup'];
	readonly #exploration: Exploration<Happened>;
	readonly #symmetry: Symmetry<Happened> | null;
	readonly #checkJudges: CheckJudges;
	readonly #limits: Limits;

	constructor(
		{ setup }: Configuration,
		exploration: Exploration<Happened>,
		symmetry: Symmetry<Happened> | null,
		checkJudges: CheckJudges,
		limits: Limits,
	) {
		this.#setup = setup;
		this.#exploration = exploration;
		this.#symmetry = symmetry;
		this.#checkJudges = checkJudges;
		this.#limits = limits;
	}

	/** The space was not gone through: promises were broken, or nothing can be said. */
	*broken(): Generator<Progress, Judged[], void> {
		const found = yield* this.#checkJudges.broken(this.#stories());
		const why = UNSHOWN[this.#exploration.ending];
		return this.#checkJudges.all((id) => found.get(id) ?? this.#checkJudges.unknown(id, why));
	}

	*#stories(): Generator<BrokenStory> {
		const exploration = this.#exploration;
		const { stop = () => false } = this.#limits;
		for (const { state, key } of exploration.breaches) {
			const last = exploration.tables.labels.value(key);
			const steps = this.#symmetry?.story(exploration, state, key) ?? [
				...pathTo(exploration, state),
				last,
			];
			const events = steps.map(({ event }) => event);
			const unavoidable = function* () {
				const after = yield* unavoidableAfter(exploration, state, stop);
				return after === undefined ? null : (after ?? events.length) - 1;
			};
			yield { events, unavoidable };
		}
	}

	/** The whole space was gone through and no step broke a promise; what may be owed for ever was not looked at. */
	safe(product: RetryProduct): Judged[] {
		const owing = new Set(product.demands.map(({ id }) => id));
		return this.#checkJudges.all((id) =>
			owing.has(id)
				? this.#checkJudges.unknown(id, UNJUDGED)
				: this.#tested(id, this.#stepwise(id)),
		);
	}

	/** The whole space was gone through and no step broke a promise: is anything owed for ever? */
	*live(
		product: RetryProduct,
		{ lassos, exercised, sweeps }: Liveness,
	): Generator<Sweep, Judged[], void> {
		const owed = new Map(product.demands.map(({ id }, place) => [id, exercised[place] === true]));
		const shown = new Map<string, Judged>();
		for (const lasso of lassos) shown.set(lasso.demand.id, yield* this.#lasso(lasso, sweeps + 1));
		return this.#checkJudges.all(
			(id) => shown.get(id) ?? this.#tested(id, this.#stepwise(id) && (owed.get(id) ?? true)),
		);
	}

	/** Whether a guarantee was put to the test by any step; what is no guarantee need not be. */
	#stepwise(id: string): boolean {
		const { observers, tested } = this.#exploration.tables.observing;
		const place = observers.findIndex((observer) => observer.id === id);
		return place < 0 || tested.exercised[place] === true;
	}

	#tested(id: string, tested: boolean): Judged {
		return tested ? this.#checkJudges.holds(id) : this.#checkJudges.unknown(id, UNSHOWN.complete);
	}

	/** A loop; null also when the work is to stop: what is owed is known without it. */
	*#loopFrom(state: number, sweep: number): Generator<Sweep, Loop<Happened> | null, void> {
		const work = loopFrom(this.#exploration, state);
		for (let step = work.next(); ; step = work.next()) {
			if (step.done === true) return step.value;
			yield { sweep, left: this.#exploration.states.count - step.value };
			if (this.#limits.stop?.() === true) return null;
		}
	}

	/** What is owed is told as it looks in the loop: on the way into it, other things may be left over too. */
	*#lasso({ demand, state, sentence }: Lasso, sweep: number): Generator<Sweep, Judged, void> {
		const { id } = demand;
		const { states, expander, tables } = this.#exploration;
		const way = pathTo(this.#exploration, state);
		const found = yield* this.#loopFrom(state, sweep);
		if (found !== null) expander.unpack(states.words, found.state * states.width);
		const left =
			found === null
				? null
				: new Owing([], tables.networks).sentence(demand, tables.cores.unfold(expander.before));
		const events = [...way, ...(found?.stem ?? [])].map(({ event }) => event);
		this.#checkJudges.replay(events);
		return {
			id,
			name: this.#checkJudges.name(id),
			verdict: 'violated',
			sentence: left ?? sentence,
			counterexample: {
				story: { setup: this.#setup, events },
				loop: found === null ? null : found.loop.map(({ event }) => event),
				unavoidable: way.length - 1,
			},
		};
	}
}
