import type { Guarantee } from '../../model/guarantees/guarantee.ts';
import { Model, type ModelSnapshot } from '../../model/system/model.ts';
import { descriptorOf, type Event } from '../../model/vocabulary/events/event.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
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

export type Found =
	| { readonly kind: 'found'; readonly events: readonly Event[]; readonly states: number }
	/** All within the bound was looked at: `exhausted`; or there was more: `bound`. */
	| {
			readonly kind: 'none';
			readonly why: 'exhausted' | 'bound';
			readonly states: number;
			readonly depth: number;
	  };

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

/**
 * Looks, breadth first, for the shortest way from a point to a goal, within a bound. Every so often it
 * yields how many states it has looked at, so that others have a turn and may end it.
 */
export function* search(
	{ setup, tables }: Pick<Exploration, 'setup' | 'tables'>,
	start: Pick<Point, 'seen' | 'snapshot' | 'judged'>,
	goal: Goal,
	limits: Limits = LIMITS,
): Generator<{ readonly states: number; readonly depth: number }, Found> {
	const model = new Model(setup, tables);
	const { seen, snapshot } = start;
	const judged = start.judged.filter(({ guarantee }) => goal.judges.includes(guarantee));
	let round: Node[] = [
		{ ...{ from: null, event: null, seen, snapshot, judged }, depth: 0, interventions: 0 },
	];
	const known = new Set(round.map(keyOf));
	let isCut = false;
	for (let depth = 0; round.length > 0; depth++) {
		if (depth === limits.events) return { kind: 'none', why: 'bound', states: known.size, depth };
		const next: Node[] = [];
		for (const [place, node] of round.entries()) {
			if (place % BREATH === BREATH - 1) yield { states: known.size, depth };
			for (const event of choices(setup, node.seen)) {
				const interventions = node.interventions + (isIntervention(event) ? 1 : 0);
				if (interventions > limits.interventions) {
					isCut = true;
					continue;
				}
				model.putBack(node.snapshot);
				const after = model.apply(event);
				const moment = { setup, before: node.seen, event, after };
				const found: Node = {
					...{ from: node, event, seen: after, depth: depth + 1, interventions },
					judged: judge(node.judged, moment),
					snapshot: model.snapshot(),
				};
				if (goal.isReached(after, found.judged, judged))
					return { kind: 'found', events: eventsTo(found), states: known.size };
				const key = keyOf(found);
				if (known.has(key)) continue;
				known.add(key);
				next.push(found);
				if (known.size >= limits.states)
					return { kind: 'none', why: 'bound', states: known.size, depth: depth + 1 };
			}
		}
		round = next;
	}
	return { kind: 'none', why: isCut ? 'bound' : 'exhausted', states: known.size, depth: 0 };
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
