import type { Position } from '../vocabulary/command.ts';
import { find, type Message, type Route } from '../vocabulary/message.ts';
import type { HostObservation, Observation, TaskObservation } from '../vocabulary/observation.ts';
import type { Moment } from './guarantee.ts';

export function indexOfHost(seen: Observation, id: string): number {
	for (let index = 0; index < seen.hosts.length; index++)
		if (seen.hosts[index]?.id === id) return index;
	return -1;
}

export const samePosition = (a: Position, b: Position): boolean =>
	a.step === b.step && a.block === b.block && a.member === b.member;

/** Whether the agent holds the execution that it held before. */
export const holdsOn = (was: HostObservation, is: HostObservation): boolean =>
	was.execution === is.execution ||
	(was.execution !== null &&
		is.execution !== null &&
		was.execution.execution === is.execution.execution &&
		was.execution.task === is.execution.task);

/** Whether the agent still runs the foreground command that it ran before. */
export const runsOn = (was: HostObservation, is: HostObservation): boolean =>
	was.doing.kind === 'running' &&
	is.doing.kind === 'running' &&
	samePosition(was.doing.position, is.doing.position) &&
	holdsOn(was, is);

export const isCalling = (host: HostObservation, route: Route): boolean =>
	host.doing.kind === 'calling' && host.doing.route === route;

/** Whether a call begins at this moment; a call that is sent again does not. */
export const begins = (was: HostObservation, is: HostObservation, route: Route): boolean =>
	isCalling(is, route) && !(isCalling(was, route) && holdsOn(was, is));

/** The reply to a call of this route that reaches its agent at this moment, or null. */
export function replyReaching({ before, event }: Moment, route: Route): Message | null {
	if (event.kind !== 'message-delivered') return null;
	if (event.message.leg !== 'reply' || event.message.route !== route) return null;
	return before.messages[find(event.message, before.messages)] ?? null;
}

/** Whether time has passed in which no heartbeat of the host was accepted. */
export const isCutOff = ({ before, event, after }: Moment, host: HostObservation): boolean =>
	after.minute > before.minute &&
	(after.server === 'down' || (event.kind === 'host-unreachable' && event.host === host.id));

/** Whether the agent was still waiting to start, and is not told to at this moment: no block ran, none is promised. */
export const neverStarted = (moment: Moment, was: HostObservation): boolean =>
	isCalling(was, 'start') && replyReaching(moment, 'start')?.outcome !== 'ok';

/** Whether a host runs a command of the live execution of the task. */
export const runsNow = (seen: Observation, task: TaskObservation): boolean =>
	seen.hosts.some(
		({ doing, execution }) =>
			doing.kind === 'running' &&
			execution?.task === task.id &&
			execution.execution === task.execution,
	);

/** Whether a moment may bear on a host that looks the same as before: time passes, or the event names it or reaches it. */
export function mayConcern({ before, event, after }: Moment, { id }: HostObservation): boolean {
	if (after.minute !== before.minute) return true;
	if ('host' in event) return event.host === id;
	if (event.kind !== 'message-delivered') return false;
	return before.messages[find(event.message, before.messages)]?.host === id;
}
