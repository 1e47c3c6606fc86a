import type { Event } from '../vocabulary/events/event.ts';
import { findInHand } from '../vocabulary/events/held.ts';
import { type Message, Route, selectorOf } from '../vocabulary/message.ts';
import type { Handled, InHand, Observation, TaskObservation } from '../vocabulary/observation.ts';
import { same } from '../vocabulary/same.ts';
import type { Moment } from './guarantee.ts';
import { isOfVersion, structureOf } from './units.ts';
import { isNewer } from './version-requests.ts';

/**
 * Where requests overlap any order is right that agrees with their answers: each counts when it commits. So
 * a request that is held before its first change is to a judge as if it were in flight still, and arrives when it
 * goes on. One that stops again has made its first change without an answer, as if its server had crashed then.
 */
export function inOrder(moment: Moment): Moment {
	const { setup, before, event, after } = moment;
	if (before.in_hand.length === 0 && after.in_hand.length === 0) return moment;
	const overlapping = { setup, before: inFlight(before), after: accepted(moment, inFlight(after)) };
	if (event.kind !== 'goes-on') return { ...overlapping, event };
	const asked = ofVersion(moment, event);
	return {
		...overlapping,
		event: asked?.event ?? counted(moment, event),
		handler: findInHand(event.handler, before),
		...(asked === null ? {} : { part: asked.part }),
	};
}

/** What is asked of a version counts unit by unit, each when the handler comes to it: it is seen by what changes. */
function ofVersion(
	{ setup, before, after }: Moment,
	{ handler }: GoesOn,
): Required<Pick<Moment, 'event' | 'part'>> | null {
	const one = before.in_hand[findInHand(handler, before)];
	if (one === undefined || (one.route !== 'abort-version' && one.route !== 'restart-version'))
		return null;
	const { route, version, failed_only, abort } = one;
	const named = version === undefined ? {} : { version };
	const part = structureOf(setup).units.find(
		(unit) =>
			isOfVersion(setup, version, unit[0] ?? -1) &&
			unit.some((place) => isTouched(before.tasks[place], after.tasks[place])),
	);
	// Of a unit that was restarted since nothing is asked.
	const isOlder = part !== undefined && isNewer(setup, before, part, one);
	const event: Event =
		route === 'abort-version'
			? { kind: 'user-aborts-version', ...named }
			: {
					kind: 'user-restarts-version',
					...named,
					...(failed_only ? { failed_only: true as const } : {}),
					...(abort === true ? { abort } : {}),
				};
	return { event, part: isOlder ? [] : (part ?? []) };
}

/** More of a task is other than what it waits for. */
const isTouched = (was: TaskObservation | undefined, is: TaskObservation | undefined): boolean =>
	was !== is && was !== undefined && is !== undefined && !same({ ...was, held: is.held }, is);

const ACCEPTED: ReadonlySet<Handled> = new Set([
	'abort',
	'restart',
	'abort-version',
	'restart-version',
]);

type GoesOn = Extract<Event, { kind: 'goes-on' }>;

/** A user's request that has made its change and stops again has been accepted, though it is yet to be answered. */
function accepted({ before, event, after }: Moment, seen: Observation): Observation {
	if (event.kind !== 'goes-on' || after.in_hand.length < before.in_hand.length) return seen;
	const { route } = event.handler;
	if (!ACCEPTED.has(route)) return seen;
	return { ...seen, answer: { outcome: 'ok', status: 200 } };
}

/** Whether the monitor acts in this moment, as its minute came too, or goes on with what it began. */
export function monitorActs({ before, event }: Moment): boolean {
	if (event.kind === 'monitor-runs') return true;
	if (event.kind === 'minutes-pass') return before.server === 'up';
	if (event.kind !== 'goes-on') return false;
	return before.in_hand[findInHand(event.handler, before)]?.route === 'monitor';
}

function inFlight(seen: Observation): Observation {
	const held = seen.in_hand.flatMap((one) => messageOf(one) ?? []);
	return held.length === 0 ? seen : { ...seen, messages: [...held, ...seen.messages] };
}

/** The request of an agent that has changed nothing yet. */
function messageOf({ route, commits, ...of }: InHand): Message | null {
	const { data } = Route.safeParse(route);
	if (data === undefined || commits > 0 || of.host === null) return null;
	const { host, task, execution, details, awaited } = of;
	return {
		leg: 'request',
		route: data,
		...{ host, task, execution, details, awaited },
		outcome: null,
		status: null,
	};
}

function counted({ before, after }: Moment, event: GoesOn): Event {
	const handler = before.in_hand[findInHand(event.handler, before)];
	if (handler === undefined) return event;
	const { route, task, execution } = handler;
	// It counted when it made its first change.
	if (handler.commits > 0) return event;
	if (route === 'abort' && task !== null) return { kind: 'user-aborts', task };
	if (route === 'restart' && task !== null && execution !== null) {
		const partly = handler.failed_only ? { failed_only: true as const } : {};
		return { kind: 'user-restarts', task, execution, ...partly };
	}
	if (route === 'restart-when-finished' && task !== null && execution !== null) {
		const partly = handler.failed_only ? { failed_only: true as const } : {};
		const { abort } = handler;
		const how = abort === true ? { ...partly, abort } : partly;
		return { kind: 'user-restarts-when-finished', task, execution, ...how };
	}
	const request = messageOf(handler);
	if (request === null) return event;
	const message = selectorOf(request);
	return after.in_hand.length < before.in_hand.length
		? { kind: 'message-delivered', message }
		: { kind: 'server-crashes', message, commit: 'after' };
}
