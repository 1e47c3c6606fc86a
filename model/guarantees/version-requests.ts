import type { Handled, InHand, Observation } from '../vocabulary/observation.ts';
import type { Setup } from '../vocabulary/setup.ts';
import { placeOf, versionsOf } from '../vocabulary/versions.ts';
import type { Moment } from './guarantee.ts';
import { isOfVersion, structureOf, type Unit } from './units.ts';

/**
 * What a user asks of a version is one transaction a unit. Where its handler is held in between, a judge remembers which
 * units it has yet to come to: it may only answer that it is done when it came to each, or found nothing to do there.
 */

/** By handler in hand: the units, by their places, that it is yet to look at, from the first on that it is to change; null: there are none. */
export type Ahead = readonly (readonly number[])[] | null;

/** Whether a request would change nothing of a unit. */
export type IsIdle = (setup: Setup, seen: Observation, unit: Unit, request: InHand) => boolean;

/** What is still ahead, and what was answered just now: nothing, a request that is done, or one that left this unit out. */
export interface Come {
	readonly ahead: Ahead;
	readonly answered: null | 'done' | Unit;
}

const NOWHERE: readonly number[] = [];

/** Whether something of what is in hand begins, goes on or ends. */
export const isInHand = ({ before, after, handler }: Moment): boolean =>
	handler !== undefined || before.in_hand.length !== after.in_hand.length;

const kept = (ahead: readonly (readonly number[])[]): Ahead =>
	ahead.every((units) => units.length === 0) ? null : ahead;

/**
 * How far the handlers of a route are after this moment. Each comes to the units in their order: to one that changes, and past
 * those of which nothing is to be changed when it looks. It stands before the next of which something is, and what is behind
 * that is yet to be looked at.
 */
export function comeTo(known: Ahead, moment: Moment, route: Handled, isIdle: IsIdle): Come {
	const { setup, before, after, handler, part } = moment;
	const { units } = structureOf(setup);
	const idle = (place: number, request: InHand): boolean =>
		isIdle(setup, after, units[place] ?? [], request);
	const from = (places: readonly number[], request: InHand): readonly number[] => {
		const next = places.findIndex((place) => !idle(place, request));
		return next < 0 ? NOWHERE : places.slice(next);
	};
	const ahead = known ?? before.in_hand.map(() => NOWHERE);
	if (handler === undefined) {
		if (after.in_hand.length === 0) return { ahead: null, answered: null };
		const begun = after.in_hand.length > before.in_hand.length ? after.in_hand.at(-1) : undefined;
		if (begun === undefined) return { ahead: known, answered: null };
		const all = begun.route === route ? unitsOfVersion(setup, begun.version) : NOWHERE;
		return { ahead: kept([...ahead, from(all, begun)]), answered: null };
	}
	const request = before.in_hand[handler];
	const isDone = after.in_hand.length < before.in_hand.length;
	const rest = (places: readonly number[]): Ahead =>
		kept(isDone ? ahead.toSpliced(handler, 1) : ahead.with(handler, places));
	if (request?.route !== route) return { ahead: rest(NOWHERE), answered: null };
	const was = ahead[handler] ?? NOWHERE;
	const at = was.find((place) => part?.includes(units[place]?.[0] ?? -1)) ?? -1;
	// Of what it has left behind, that was to be changed when it looked, and still is.
	const passed = was.filter(
		(place) =>
			place < at && !isIdle(setup, before, units[place] ?? [], request) && !idle(place, request),
	);
	const still = [
		...passed,
		...from(
			was.filter((place) => place > at),
			request,
		),
	];
	const isAnswered = isDone && after.answer?.status === 200;
	return { ahead: rest(still), answered: isAnswered ? (units[still[0] ?? -1] ?? 'done') : null };
}

const unitsOfVersion = (setup: Setup, version: string | undefined): readonly number[] =>
	[...structureOf(setup).units.entries()].flatMap(([place, [first = -1]]) =>
		isOfVersion(setup, version, first) ? [place] : [],
	);

/** Whether something of a unit is of a later execution than the user saw who asked for a restart. */
export function isNewer(setup: Setup, seen: Observation, unit: Unit, request: InHand): boolean {
	const { versions } = versionsOf(setup);
	const all = versions[placeOf(versions, request.version)]?.tasks ?? [];
	return unit.some(
		(place) =>
			(seen.tasks[place]?.execution ?? 0) >
			(request.executions?.[all.indexOf(place)] ?? Number.POSITIVE_INFINITY),
	);
}

/** A request for a version that was held on its way goes on. */
export const isOnItsWay = ({ part }: Moment): boolean => part !== undefined;
