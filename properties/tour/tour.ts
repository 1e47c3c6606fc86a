import type { Configuration } from '../../model/checker/configurations/configuration.ts';
import type { Exploration } from '../../model/checker/engine/explore/explore.ts';
import { pathTo } from '../../model/checker/engine/explore/path.ts';
import type { Happened } from '../../model/checker/retry/sandbox/sandbox.ts';
import type { Answering } from '../../model/system/tables.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import { isIn, type Shard, WHOLE } from '../../reports/evidence/shard.ts';
import { ANEW_EVERY } from '../../reports/evidence/tour-evidence.ts';
import { type ReferenceOptions, reference } from '../systems/reference.ts';
import { isTurnDue, turn } from '../trial/turn.ts';
import { showsAnew } from './anew.ts';
import { Pair, type PairSnapshot } from './pair.ts';
import { type Extent, Plan } from './plan.ts';

export interface TourOptions {
	readonly configuration: Configuration;
	/** The space of the configuration, as the checker went through it. */
	readonly exploration: Exploration<Happened>;
	/** The machines of the model. */
	readonly machines: Answering;
	readonly extent: Extent;
	/** What is other than in a correct reference; nothing, unless told. */
	readonly reference?: ReferenceOptions;
	/** The part of the steps that is taken here; all, unless told. */
	readonly shard?: Shard | undefined;
	/** Most steps; as many as there are, unless told. */
	readonly most?: number | undefined;
	/** Every how many steps one is told anew from the beginning. */
	readonly sample?: number;
	readonly signal?: AbortSignal | undefined;
	readonly onProgress?: (taken: number, of: number) => void;
}

export interface Tour {
	readonly extent: Extent;
	/** Steps that the reference took as the model does, and how many there are to take. */
	readonly taken: number;
	readonly of: number;
	/** The most that were to be taken; null: all. */
	readonly most: number | null;
	/** Steps that were told anew from the beginning, and showed the same. */
	readonly anew: number;
	/** `limit`: so many steps were asked for. */
	readonly ending: 'complete' | 'found' | 'stopped' | 'limit';
	/** The story that ends with the first step that the reference does not take as the model does. */
	readonly found: readonly Event[] | null;
	readonly seconds: number;
}

/** A state that was reached. */
interface Reached {
	readonly snapshot: PairSnapshot;
	/** How much has happened since a handler is held. */
	readonly sinceHeld: number;
}

/**
 * Walks the reference through the space of a configuration: put back to each state once for each step out of it,
 * it must show after the step what the model shows. Breadth first, so that what is found has a short story. Where a
 * handler is held, it has been so for as long as can be: what it looked at before it was held is old, which nothing shows
 * until it goes on.
 * Nobody judges on the way: the checker has judged the model.
 *
 * @throws NotPutBack if a reference that was put back shows something else than one that was told the same anew,
 * though that one is as the model: something is not put back.
 */
export async function tour(options: TourOptions): Promise<Tour> {
	const begun = performance.now();
	const { configuration, exploration, machines, extent, signal, sample = ANEW_EVERY } = options;
	const { shard = WHOLE, most = null } = options;
	const { setup } = configuration;
	const { states, tables } = exploration;
	const system = reference(options.reference);
	const pair = await Pair.start(setup, machines, options.reference ?? {});
	const plan = new Plan(exploration, extent);
	/** Of the states that were reached and not left yet. */
	const reached = new Map<number, Reached>([[0, { snapshot: pair.snapshot(), sinceHeld: 0 }]]);
	/** By state: the one before it, where the tour came another way than the checker. */
	const ways = new Map<number, number>();
	let taken = 0;
	let counted = 0;
	let anew = 0;

	const of = partOf(plan.of, shard);
	const over = (ending: Tour['ending'], found: readonly Event[] | null = null): Tour => ({
		...{ extent, taken, of, most, anew, ending, found },
		seconds: (performance.now() - begun) / 1000,
	});
	const storyOf = (state: number, event: Event): Event[] => [
		...pathTo(exploration, state, ways).map((happened) => happened.event),
		event,
	];

	if (!pair.isAlike) return over('found', []);
	for (let state = 0; state < states.count; state++) {
		const from = reached.get(state);
		if (from === undefined) continue;
		reached.delete(state);
		const { snapshot } = from;
		const isAnyHeld = snapshot.reference.handlers.length > 0;
		for (const { key, to, leadsOn, counts } of plan.from(state)) {
			const isOurs = counts && isIn(shard, counted++);
			// No step leads to a state that was left already, or it is where the tour never goes.
			const known = isAnyHeld ? reached.get(to) : undefined;
			const isOlder = known !== undefined && from.sinceHeld + 1 > known.sinceHeld;
			if (!isOurs && !leadsOn && !isOlder) continue;
			if (most !== null && taken >= most) return over('limit');
			const { event } = tables.labels.value(key);
			if (!(await pair.step(snapshot, event))) return over('found', storyOf(state, event));
			const sinceHeld = pair.seen.in_hand.length > 0 && isAnyHeld ? from.sinceHeld + 1 : 0;
			if (leadsOn || (isOlder && sinceHeld > 0))
				reached.set(to, { snapshot: pair.snapshot(), sinceHeld });
			if (!leadsOn && isOlder && sinceHeld > 0) ways.set(to, state);
			if (!isOurs) continue;
			taken++;
			if (taken % sample === 0) {
				const story = storyOf(state, event);
				const shown = await showsAnew(system, setup, story, pair.seen);
				if (!shown) return over('found', story);
				anew++;
			}
			if (isTurnDue()) {
				options.onProgress?.(taken, of);
				await turn();
				if (signal?.aborted === true) return over('stopped');
			}
		}
	}
	return over('complete');
}

/** How many of so many things are in a part. */
export const partOf = (count: number, { index, of }: Shard): number =>
	Math.max(0, Math.ceil((count - index + 1) / of));
