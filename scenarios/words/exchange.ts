import type { Event } from '../../model/vocabulary/events/event.ts';
import {
	find,
	type Message,
	type MessageSelector,
	type Route,
	selectorOf,
	selects,
} from '../../model/vocabulary/message.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import type { Rehearsal } from './rehearsal.ts';

/** Of one call: its route, and whose it is as far as that is said. */
export type Call = Pick<MessageSelector, 'route' | 'host' | 'task'>;

/**
 * A request and its reply. Of several that the call fits, the request is meant that an agent waits for, and not a
 * stale one; the reply is that to the same host. What is not there is named as the call names it.
 */
export function exchange(call: Call, rehearsal: Rehearsal): Event[] {
	const events: Event[] = [];
	let of: MessageSelector = { ...call, leg: 'request' };
	const request = meant(of, rehearsal.seen);
	for (const leg of ['request', 'reply'] as const) {
		of = { ...call, leg };
		const message = meant(
			request === undefined ? of : { ...of, host: request.host },
			rehearsal.seen,
		);
		const event: Event = {
			kind: 'message-delivered',
			message: message === undefined ? of : nameOf(message, of, rehearsal.seen),
		};
		events.push(event);
		rehearsal.happen(event);
	}
	return events;
}

/** What is left of the call that the host waits for; empty where nothing is in flight that could answer it. */
export function answering(host: string, route: Route, rehearsal: Rehearsal): Event[] {
	const events: Event[] = [];
	for (const leg of ['request', 'reply'] as const) {
		const message = rehearsal.seen.messages.find((one) =>
			selects({ leg, route, host, awaited: true }, one),
		);
		if (message === undefined) continue;
		const known = rehearsal.setup.hosts.length > 1 ? { leg, route, host } : { leg, route };
		const event: Event = {
			kind: 'message-delivered',
			message: nameOf(message, known, rehearsal.seen),
		};
		if (!rehearsal.happen(event)) break;
		events.push(event);
	}
	return events;
}

const meant = (of: MessageSelector, { messages }: Observation): Message | undefined =>
	messages.find((one) => selects({ awaited: true, ...of }, one)) ?? messages[find(of, messages)];

/** The shortest name, beginning with what is known, by which this message is meant and no older one. */
function nameOf(
	message: Message,
	known: MessageSelector,
	{ messages }: Observation,
): MessageSelector {
	const { host, awaited } = message;
	const names = [known, { ...known, awaited }, { ...known, host }, { ...known, host, awaited }];
	return names.find((name) => messages[find(name, messages)] === message) ?? selectorOf(message);
}
