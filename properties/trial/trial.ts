import type { Guarantee, Moment } from '../../model/guarantees/guarantee.ts';
import { type Judging, judging } from '../../model/guarantees/judge.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import { isPossible } from '../../model/vocabulary/events/possible.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { REST_LENGTH, Rest } from '../../model/vocabulary/stories/rest.ts';
import { STORY_LENGTH } from '../../model/vocabulary/stories/story.ts';
import type { NextEvent } from '../arbitraries/walk.ts';
import type { Run, System } from '../systems/system.ts';
import { alike, type Difference, difference } from './difference.ts';
import { isTurnDue, turn } from './turn.ts';

/** A promise that was broken. */
export interface Violation {
	kind: 'violated';
	index: number;
	system: string;
	guarantee: string;
	sentence: string;
}

/** What a trial found wrong, at the event of that index (-1: before any event). */
export type Finding =
	| Violation
	| { kind: 'diverged'; index: number; systems: [string, string]; difference: Difference }
	| { kind: 'broke down'; index: number; system: string; message: string };

/** What is seen of each step: for those who print a story. */
export interface Step {
	index: number;
	event: Event;
	/** What all systems showed before. */
	before: Observation;
	/** In the order of the systems. */
	seen: readonly Observation[];
	/** Whether the event belongs to the story, or to its coming to rest. */
	part: 'story' | 'rest';
}

export interface TrialResult {
	/** Null: nothing was found wrong. */
	finding: Finding | null;
	/** The broken promises, in the order in which they broke; no more than the first, unless the trial went on. */
	broken: readonly Violation[];
	/** The events that happened, those of the rest not included. */
	events: Event[];
	/** All events that happened, those of the rest included. */
	steps: number;
	/** Whether the story came to rest within the bound. Liveness is not judged where it did not. */
	rested: boolean;
	/** By the id of a guarantee: how often it was exercised. */
	exercised: ReadonlyMap<string, number>;
	/** By the name of a situation: how often it was reached. */
	situations: ReadonlyMap<string, number>;
}

export interface TrialOptions {
	onStep?: (step: Step) => void;
	/** Whether the story is to come to rest; it is, unless told. */
	rest?: boolean;
	/** Most events of the story, and of its coming to rest; as many as of any, unless told. */
	most?: { readonly story: number; readonly rest: number };
	/** Go on after a violation; a divergence always ends the trial. */
	goOn?: boolean;
	/** Ends the trial early, with what was found until then; it has not come to rest. */
	signal?: AbortSignal | undefined;
	/** Who judges; all guarantees, unless told. */
	judges?: readonly Guarantee[];
}

/**
 * Drives the systems together through one story and judges what is seen. After each event all must
 * show the same; as long as they do, one judge speaks for all of them. When they differ, the finding
 * names what the odd one broke, if anything.
 */
export async function trial(
	systems: readonly System[],
	setup: Setup,
	next: NextEvent,
	options: TrialOptions = {},
): Promise<TrialResult> {
	const runs: Run[] = [];
	try {
		for (const system of systems) {
			try {
				const run = system.start(setup);
				runs.push(run instanceof Promise ? await run : run);
			} catch (error) {
				return notStarted(system, error);
			}
		}
		return await new Trial(systems, runs, setup, options).drive(next);
	} finally {
		for (const run of runs) await run.stop();
	}
}

const messageOf = (error: unknown): string =>
	error instanceof Error ? error.message : String(error);

const notStarted = ({ name }: System, error: unknown): TrialResult => ({
	finding: { kind: 'broke down', index: -1, system: name, message: messageOf(error) },
	broken: [],
	events: [],
	steps: 0,
	rested: false,
	exercised: new Map(),
	situations: new Map(),
});

/** Where systems begin to differ, and which is the odd one. */
interface Parting {
	readonly index: number;
	readonly event: Event;
	readonly before: readonly Observation[];
	readonly place: number;
}

/** What a step of the odd one came to. */
type Alone = 'fine' | 'broken' | 'broke down';

const NO_MORE: NextEvent = () => null;

class Trial {
	readonly #systems: readonly System[];
	readonly #runs: readonly Run[];
	readonly #setup: Setup;
	readonly #options: TrialOptions;
	readonly #judging: Judging;
	readonly #events: Event[] = [];
	#steps = 0;
	#rested = false;
	#finding: Finding | null = null;
	readonly #broken: Violation[] = [];

	constructor(
		systems: readonly System[],
		runs: readonly Run[],
		setup: Setup,
		options: TrialOptions,
	) {
		this.#systems = systems;
		this.#runs = runs;
		this.#setup = setup;
		this.#options = options;
		this.#judging = judging(setup, this.#first(), options.judges);
	}

	async drive(next: NextEvent): Promise<TrialResult> {
		this.#compare(-1, []);
		const { signal, rest, most } = this.#options;
		const longest = most?.story ?? STORY_LENGTH;
		while (this.#finding === null && signal?.aborted !== true) {
			const event = next(this.#first());
			if (event === null || this.#events.length === longest) break;
			if (!isPossible(this.#setup, this.#first(), event)) continue;
			this.#events.push(event);
			await this.#step(event, 'story', next);
		}
		if (this.#finding === null && rest !== false) await this.#comeToRest();
		return {
			finding: this.#finding ?? this.#broken[0] ?? null,
			broken: this.#broken,
			events: this.#events,
			steps: this.#steps,
			rested: this.#rested,
			exercised: new Map(this.#judging.verdicts().map(({ id, exercised }) => [id, exercised])),
			situations: this.#judging.situations(),
		};
	}

	async #comeToRest(): Promise<void> {
		const rest = new Rest();
		const { signal, most } = this.#options;
		for (let left = most?.rest ?? REST_LENGTH; left > 0 && signal?.aborted !== true; left--) {
			const event = rest.next(this.#first());
			if (event === null) {
				this.#rested = true;
				for (const owed of this.#judging.settle(this.#setup, this.#first()))
					this.#note(this.#steps - 1, owed);
				return;
			}
			await this.#step(event, 'rest');
			if (this.#finding !== null) return;
		}
	}

	async #step(event: Event, part: 'story' | 'rest', next: NextEvent = NO_MORE): Promise<void> {
		if (isTurnDue()) await turn();
		const index = this.#steps++;
		const before = this.#runs.map((run) => run.seen);
		for (const [place, run] of this.#runs.entries()) {
			try {
				const seen = run.apply(event);
				if (seen instanceof Promise) await seen;
			} catch (error) {
				this.#finding = {
					kind: 'broke down',
					index,
					system: this.#systems[place]?.name ?? '',
					message: messageOf(error),
				};
				return;
			}
		}
		const [was] = before;
		if (was === undefined) return;
		this.#options.onStep?.({
			index,
			event,
			part,
			before: was,
			seen: this.#runs.map((run) => run.seen),
		});
		const diverged = this.#compare(index, before);
		if (diverged !== null) {
			const at = { index, event, before, place: diverged };
			return await this.#judgeApart(at, next);
		}
		const moment = { setup: this.#setup, before: was, event, after: this.#first() };
		for (const broken of this.#judging.step(moment)) this.#note(index, broken);
	}

	/** All systems broke it alike: that ends the trial, unless it is to go on. */
	#note(index: number, broken: { id: string; sentence: string }): void {
		if (this.#finding !== null) return;
		if (this.#options.goOn === true)
			this.#broken.push(this.#violation(index, broken, this.#nameAll()));
		else this.#violated(index, broken, this.#nameAll());
	}

	/**
	 * The systems differ: that one of them breaks a guarantee says more than the difference. Each is
	 * judged by itself; then the odd one is followed alone through what is left of the story until it has come to
	 * rest, for a promise may be broken later than it is forsaken.
	 */
	async #judgeApart({ index, event, before, place }: Parting, next: NextEvent): Promise<void> {
		for (const at of [place, 0]) {
			const broken = this.#judging.peek(this.#momentOf(at, event, before))[0];
			if (broken !== undefined) return this.#violated(index, broken, this.#nameOf(at));
		}
		this.#judging.step(this.#momentOf(place, event, before));
		const run = this.#runs[place];
		if (run === undefined) return;
		const told: Event[] = [];
		while (this.#events.length + told.length < (this.#options.most?.story ?? STORY_LENGTH)) {
			const later = next(run.seen);
			if (later === null) break;
			if (!isPossible(this.#setup, run.seen, later)) continue;
			told.push(later);
			const went = await this.#stepAlone(run, place, later, 'story');
			if (went === 'broken') this.#events.push(...told);
			if (went !== 'fine') return;
		}
		if ((await this.#restAlone(run, place)) === 'broken') this.#events.push(...told);
	}

	async #restAlone(run: Run, place: number): Promise<Alone> {
		const rest = new Rest();
		for (let left = REST_LENGTH; left > 0; left--) {
			const event = rest.next(run.seen);
			if (event === null) {
				const owed = this.#judging.settle(this.#setup, run.seen)[0];
				if (owed === undefined) return 'fine';
				this.#violated(this.#steps - 1, owed, this.#nameOf(place));
				return 'broken';
			}
			if (!isPossible(this.#setup, run.seen, event)) return 'fine';
			const went = await this.#stepAlone(run, place, event, 'rest');
			if (went !== 'fine') return went;
		}
		return 'fine';
	}

	/** One event for the odd one, which is judged by itself. */
	async #stepAlone(run: Run, place: number, event: Event, part: Step['part']): Promise<Alone> {
		const before = run.seen;
		const index = this.#steps++;
		try {
			await run.apply(event);
		} catch {
			return 'broke down';
		}
		this.#options.onStep?.({ index, event, part, before, seen: [run.seen] });
		const moment = { setup: this.#setup, before, event, after: run.seen };
		const broken = this.#judging.step(moment)[0];
		if (broken === undefined) return 'fine';
		this.#violated(index, broken, this.#nameOf(place));
		return 'broken';
	}

	#momentOf(place: number, event: Event, before: readonly Observation[]): Moment {
		const was = before[place];
		const run = this.#runs[place];
		if (was === undefined || run === undefined) throw new RangeError(`there is no system ${place}`);
		return { setup: this.#setup, before: was, event, after: run.seen };
	}

	#nameOf(place: number): string {
		return this.#systems[place]?.name ?? '';
	}

	/** The place of the first system that shows something else than the first; notes the finding. */
	#compare(index: number, before: readonly Observation[]): number | null {
		const first = this.#first();
		for (let place = 1; place < this.#runs.length; place++) {
			const seen = this.#runs[place]?.seen;
			if (alike(first, seen, before[0], before[place])) continue;
			const found = difference(first, seen) ?? { path: '', left: first, right: seen };
			this.#finding = {
				kind: 'diverged',
				index,
				systems: [this.#systems[0]?.name ?? '', this.#systems[place]?.name ?? ''],
				difference: found,
			};
			return place;
		}
		return null;
	}

	#violated(index: number, broken: { id: string; sentence: string }, system: string): void {
		const violation = this.#violation(index, broken, system);
		this.#broken.push(violation);
		this.#finding = violation;
	}

	#violation(
		index: number,
		{ id, sentence }: { id: string; sentence: string },
		system: string,
	): Violation {
		return { kind: 'violated', index, system, guarantee: id, sentence };
	}

	#nameAll(): string {
		return this.#systems.map((system) => system.name).join(' and ');
	}

	#first(): Observation {
		const [run] = this.#runs;
		if (run === undefined) throw new RangeError('a trial needs a system');
		return run.seen;
	}
}

/** The events of a story, one after the other. */
export function replaying(events: readonly Event[]): NextEvent {
	let place = 0;
	return () => events[place++] ?? null;
}
