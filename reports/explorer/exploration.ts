import { Model, type ModelSnapshot } from '../../model/system/model.ts';
import { type MachineStep, recorded } from '../../model/system/recording.ts';
import type { MachineTables } from '../../model/system/tables.ts';
import { TablesByDesign } from '../../model/system/tables-by-design.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import { isPossible } from '../../model/vocabulary/events/possible.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import { same } from '../../model/vocabulary/same.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { REST_LENGTH, Rest } from '../../model/vocabulary/stories/rest.ts';
import { STORY_LENGTH, type Story } from '../../model/vocabulary/stories/token-text.ts';
import { begin, isOwing, type Judged, judge, type Lit, lightsOf } from './lights.ts';

/** Where a story is after an event, and what may follow. */
export interface Point {
	/** Null: nothing has happened yet. */
	readonly before: Point | null;
	readonly event: Event | null;
	/** How many events have happened. */
	readonly depth: number;
	readonly seen: Observation;
	readonly snapshot: ModelSnapshot;
	readonly judged: readonly Judged[];
	/** What the machines did in this event. */
	readonly steps: readonly MachineStep[];
	/** What was tried after it, in that order. */
	readonly next: Point[];
}

/** Shared by all explorations: what a machine answered once it need not be asked again. */
const TABLES = new TablesByDesign();

/** A setup explored on the model: a tree of stories, with one place in it. */
export class Exploration {
	readonly setup: Setup;
	readonly tables: MachineTables;
	readonly root: Point;
	#here: Point;
	/** The end of the branch on which `here` is: what redo leads to. */
	#tip: Point;
	readonly #model: Model;
	readonly #steps: MachineStep[] = [];
	readonly #settled = new WeakMap<Point, boolean>();

	constructor(setup: Setup) {
		this.setup = setup;
		this.tables = TABLES.of(setup);
		this.#model = new Model(
			setup,
			recorded(this.tables, (step) => this.#steps.push(step)),
		);
		const { seen } = this.#model;
		this.root = {
			...{ before: null, event: null, depth: 0, seen, steps: [], next: [] },
			snapshot: this.#model.snapshot(),
			judged: begin(setup, seen),
		};
		this.#here = this.root;
		this.#tip = this.root;
	}

	/** A story, at its end; what is not possible in it is skipped. */
	static of({ setup, events }: Story): Exploration {
		const exploration = new Exploration(setup);
		exploration.play(events);
		return exploration;
	}

	/** Lets a story go on. What is not possible in it is skipped, and given back. */
	play(events: readonly Event[]): readonly Event[] {
		return events.filter((event) => !this.choose(event));
	}

	get here(): Point {
		return this.#here;
	}

	/** All of this branch, from the beginning over `here` to its end. */
	get branch(): readonly Point[] {
		return pathTo(this.#tip);
	}

	/** The story until here. */
	get story(): Story {
		return { setup: this.setup, events: pathTo(this.#here).flatMap(({ event }) => event ?? []) };
	}

	/** Every branch, from the beginning to its end; the one on which `here` is comes last. */
	get branches(): readonly (readonly Event[])[] {
		return [...endsFrom(this.root).filter((end) => end !== this.#tip), this.#tip].map((end) =>
			pathTo(end).flatMap(({ event }) => event ?? []),
		);
	}

	/** Branches of another time are there again; the end of the last one is what redo leads to, if it passes here. */
	graft(branches: readonly (readonly Event[])[]): void {
		const here = this.#here;
		for (const events of branches) {
			this.jump(this.root);
			this.play(events);
		}
		this.jump(here);
	}

	get isFull(): boolean {
		return this.#here.depth >= STORY_LENGTH;
	}

	/** Lets an event happen; what happened here before is found again. False: it is not possible. */
	choose(event: Event): boolean {
		if (this.isFull || !isPossible(this.setup, this.#here.seen, event)) return false;
		const known = this.#here.next.find((point) => same(point.event, event));
		const point = known ?? this.after(this.#here, event);
		if (known === undefined) this.#here.next.push(point);
		if (!pathTo(this.#tip).includes(point)) this.#tip = lastOf(point);
		this.#here = point;
		return true;
	}

	/** What would be after a possible event. */
	after(before: Point, event: Event): Point {
		this.#model.putBack(before.snapshot);
		this.#steps.length = 0;
		const seen = this.#model.apply(event);
		const moment = { setup: this.setup, before: before.seen, event, after: seen };
		return {
			...{ before, event, depth: before.depth + 1, seen, steps: [...this.#steps], next: [] },
			snapshot: this.#model.snapshot(),
			judged: judge(before.judged, moment),
		};
	}

	undo(): boolean {
		const { before } = this.#here;
		if (before === null) return false;
		this.#here = before;
		return true;
	}

	redo(): boolean {
		const on = this.branch[this.#here.depth + 1];
		if (on === undefined) return false;
		this.#here = on;
		return true;
	}

	/** To a place on this branch, or to the end of another one that passes there. */
	jump(to: Point): void {
		this.#here = to;
		if (!pathTo(this.#tip).includes(to)) this.#tip = lastOf(to);
	}

	/** Lets what is fair happen until nothing is left to happen; how many events that took. */
	comeToRest(): number {
		const rest = new Rest();
		for (let events = 0; ; events++) {
			const event = events < REST_LENGTH ? rest.next(this.#here.seen) : null;
			if (event === null || !this.choose(event)) return events;
		}
	}

	lightsAt(point: Point): readonly Lit[] {
		return lightsOf(point.judged, this.setup, point.seen, this.#isSettled(point));
	}

	/** Whether nothing fair changes anything any more. Only where something is owed does it matter. */
	#isSettled(point: Point): boolean {
		const known = this.#settled.get(point);
		if (known !== undefined) return known;
		const { seen } = point;
		const isBusy =
			seen.messages.length > 0 ||
			seen.in_hand.length > 0 ||
			seen.server === 'down' ||
			seen.hosts.some(({ doing }) => doing.kind !== 'idle') ||
			!isOwing(point.judged, this.setup, seen);
		const settled = !isBusy && this.#staysAlike(point);
		this.#settled.set(point, settled);
		return settled;
	}

	#staysAlike({ snapshot, seen }: Point): boolean {
		this.#model.putBack(snapshot);
		const rest = new Rest();
		for (let left = REST_LENGTH; left > 0; left--) {
			const now = this.#model.seen;
			if (!same(standings(now), standings(seen))) return false;
			const event = rest.next(now);
			if (event === null) return true;
			this.#model.apply(event);
		}
		return true;
	}
}

const standings = ({ tasks }: Observation) =>
	tasks.map(({ status, execution, held, restart_pending, repair_pending }) => ({
		...{ status, execution, held, restart_pending, repair_pending },
	}));

/** From the beginning. */
export function pathTo(end: Point): Point[] {
	const path: Point[] = [];
	for (let at: Point | null = end; at !== null; at = at.before) path.push(at);
	return path.reverse();
}

/** Every end of a tree, in the order in which they were tried. */
function endsFrom(root: Point): Point[] {
	const ends: Point[] = [];
	const open = [root];
	for (let at = open.pop(); at !== undefined; at = open.pop()) {
		if (at.next.length === 0) ends.push(at);
		open.push(...at.next.toReversed());
	}
	return ends;
}

/** The end of the branch that was gone last from here. */
function lastOf(point: Point): Point {
	let at = point;
	for (let on = at.next.at(-1); on !== undefined; on = at.next.at(-1)) at = on;
	return at;
}
