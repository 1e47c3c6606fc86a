import type { z } from 'zod';
import type { Event } from '../../model/vocabulary/event.ts';
import type { MessageSelector } from '../../model/vocabulary/message.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { type Only, onlyOf, type StoryLine } from './events.ts';

type Written = z.input<typeof StoryLine>;

/** The lines that tell these events, in short forms: what `draftsOf` reads, the other way round. */
export function linesOf(events: readonly Event[], setup: Setup): Written[] {
	const only = onlyOf(setup);
	const lines: Written[] = [];
	for (let index = 0; index < events.length; index++) {
		const [event, next] = [events[index], events[index + 1]];
		if (event === undefined) break;
		const exchange = next === undefined ? null : exchangeOf(event, next);
		if (exchange !== null) index++;
		lines.push(exchange ?? lineOf(event, only));
	}
	return lines;
}

/** A request and its reply, one after the other and named in the same way. */
function exchangeOf(event: Event, next: Event): Written | null {
	if (event.kind !== 'message-delivered' || next.kind !== 'message-delivered') return null;
	const { leg, ...call } = event.message;
	const { leg: answer, ...back } = next.message;
	if (leg !== 'request' || answer !== 'reply') return null;
	const { route, host, task, ...rest } = call;
	if (Object.keys(rest).length > 0 || task === null || !same(call, back)) return null;
	return { exchange: host === undefined && task === undefined ? route : { route, host, task } };
}

const same = (one: object, other: object): boolean => {
	const [mine, theirs] = [Object.entries(one), new Map(Object.entries(other))];
	return (
		mine.length === theirs.size &&
		mine.every(([key, value]) => theirs.has(key) && theirs.get(key) === value)
	);
};

function lineOf(event: Event, only: Only): Written {
	const on = 'host' in event && event.host !== only.host ? { host: event.host } : {};
	const of = 'task' in event && event.task !== only.task ? { task: event.task } : {};
	switch (event.kind) {
		case 'host-asks':
		case 'heartbeat-sent':
		case 'call-retried':
		case 'call-abandoned':
		case 'agent-dies':
		case 'agent-returns':
		case 'host-unreachable':
			return event.host === only.host ? event.kind : { [event.kind]: event.host };
		case 'command-ends': {
			const { outcome } = event;
			return { 'command-ends': on.host === undefined ? outcome : { ...on, outcome } };
		}
		case 'background-fails': {
			const { member, ...position } = event.position;
			const inside = member === null ? {} : { member };
			return { 'background-fails': { ...on, ...position, ...inside } };
		}
		case 'status-posted': {
			const { status, type, should_continue } = event.posted;
			if (on.host === undefined && type === undefined && !should_continue)
				return { 'status-posted': status };
			return { 'status-posted': { ...on, ...event.posted } };
		}
		case 'message-delivered':
		case 'message-lost':
		case 'message-repeated':
			return { [event.kind]: nameOf(event.message) };
		case 'server-crashes': {
			const { kind, message, ...rest } = event;
			if (message === undefined && rest.commit === undefined) return kind;
			return {
				[kind]: { ...(message === undefined ? {} : { message: nameOf(message) }), ...rest },
			};
		}
		case 'server-returns':
		case 'monitor-runs':
			return event.kind;
		case 'user-aborts':
			return event.task === only.task ? event.kind : { 'user-aborts': event.task };
		case 'user-restarts': {
			const { kind, task: _, ...rest } = event;
			return { [kind]: { ...of, ...rest } };
		}
		case 'hours-pass':
			return { 'hours-pass': event.hours };
		case 'request-forged': {
			const { route, credentials } = event;
			return { 'request-forged': { route, ...of, ...on, credentials } };
		}
	}
}

function nameOf({ leg, route, ...rest }: MessageSelector) {
	return Object.keys(rest).length === 0 ? (`${leg} ${route}` as const) : { leg, route, ...rest };
}
