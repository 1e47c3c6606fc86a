import { z } from 'zod';
import {
	CommandOutcome,
	Credentials,
	Event,
	type EventKind,
	PostedStatus,
} from '../../model/vocabulary/event.ts';
import { Message, MessageSelector, Route } from '../../model/vocabulary/message.ts';
import { Block, Name } from '../../model/vocabulary/project.ts';
import { MAX_EXECUTION, type Setup } from '../../model/vocabulary/setup.ts';
import { Expectation } from '../expectations.ts';
import { strictKeys } from './strict-keys.ts';

/**
 * One line of a story. Each is one event of the vocabulary, named by its kind, with short forms for
 * the value; `host` and `task` may be left out where there is only one. Two lines are no events:
 * `exchange` delivers a request and then its reply, `expect` looks at what is seen so far.
 */

const host = Name.optional();
const task = Name.optional();

const MESSAGES = Message.shape.leg.options.flatMap((leg) =>
	Route.options.map((route) => `${leg} ${route}` as const),
);
const MessageName = z.union([z.enum(MESSAGES), strictKeys(MessageSelector.shape)]);
type MessageName = z.infer<typeof MessageName>;

/** Lines that may be written as one word. */
const OneWord = z.enum([
	'host-asks',
	'heartbeat-sent',
	'call-retried',
	'call-abandoned',
	'agent-dies',
	'agent-returns',
	'host-unreachable',
	'server-crashes',
	'server-returns',
	'monitor-runs',
	'user-aborts',
]);

const Line = strictKeys({
	'host-asks': host,
	'command-ends': z
		.union([CommandOutcome, strictKeys({ host, outcome: CommandOutcome })])
		.optional(),
	'background-fails': strictKeys({
		host,
		block: Block,
		step: z.int().min(0),
		member: z.int().min(0).nullable().optional(),
	}).optional(),
	'status-posted': z
		.union([PostedStatus.shape.status, strictKeys({ host, ...PostedStatus.shape })])
		.optional(),
	'heartbeat-sent': host,
	'call-retried': host,
	'call-abandoned': host,
	'agent-dies': host,
	'agent-returns': host,
	'host-unreachable': host,
	exchange: z.union([Route, strictKeys({ route: Route, host, task })]).optional(),
	'message-delivered': MessageName.optional(),
	'message-lost': MessageName.optional(),
	'message-repeated': MessageName.optional(),
	'server-crashes': strictKeys({
		message: MessageName.optional(),
		commit: z.enum(['before', 'after']).optional(),
	}).optional(),
	'user-aborts': task,
	'user-restarts': strictKeys({
		task,
		execution: z.int().min(0).max(MAX_EXECUTION),
		failed_only: z.literal(true).optional(),
	}).optional(),
	'hours-pass': z.int().min(1).max(48).optional(),
	'request-forged': strictKeys({
		route: Route.exclude(['next']),
		task,
		host,
		credentials: Credentials,
	}).optional(),
	expect: Expectation.optional(),
})
	.refine((line) => Object.keys(line).length === 1, 'a line of a story has exactly one key')
	.meta({ minProperties: 1, maxProperties: 1 });
type Line = z.infer<typeof Line>;

export const StoryLine = z.union([OneWord, Line]);
export type StoryLine = z.infer<typeof StoryLine>;

/** The only host and task of a setup; undefined where there are several. */
export type Only = { readonly host: string | undefined; readonly task: string | undefined };

export const onlyOf = ({ hosts, tasks }: Setup): Only => ({
	host: hosts.length === 1 ? hosts[0] : undefined,
	task: tasks.length === 1 ? tasks[0]?.id : undefined,
});

/** An event as a line gives it, still to be checked: its host or task may be missing. */
export type Draft = { readonly kind: EventKind } & Readonly<Record<string, unknown>>;

const KINDS = Event.options.map((option) => option.shape.kind.value);

export const expectationOf = (line: StoryLine): Expectation | undefined =>
	typeof line === 'string' ? undefined : line.expect;

/** The events of a line: one, two for `exchange`, none for `expect`. */
export function draftsOf(written: StoryLine, only: Only): Draft[] {
	const line: Line = typeof written === 'string' ? {} : written;
	if (line.exchange !== undefined) {
		const call = fields(line.exchange, 'route');
		return (['request', 'reply'] as const).map((leg) => ({
			kind: 'message-delivered',
			message: { leg, ...call },
		}));
	}
	const key = typeof written === 'string' ? written : Object.keys(line)[0];
	const kind = KINDS.find((candidate) => candidate === key);
	return kind === undefined ? [] : [draftOf(kind, line, only)];
}

function draftOf(kind: EventKind, line: Line, { host, task }: Only): Draft {
	switch (kind) {
		case 'host-asks':
		case 'heartbeat-sent':
		case 'call-retried':
		case 'call-abandoned':
		case 'agent-dies':
		case 'agent-returns':
		case 'host-unreachable':
			return { kind, host: line[kind] ?? host };
		case 'command-ends':
			return { kind, host, ...fields(line[kind], 'outcome') };
		case 'background-fails': {
			const { host: on = host, ...position } = line[kind] ?? {};
			return { kind, host: on, position: { member: null, ...position } };
		}
		case 'status-posted': {
			const { host: on = host, ...posted } = fields(line[kind], 'status');
			return { kind, host: on, posted };
		}
		case 'message-delivered':
		case 'message-lost':
		case 'message-repeated':
			return { kind, message: selectorOf(line[kind]) };
		case 'server-crashes': {
			const { message, ...rest } = line[kind] ?? {};
			return { kind, ...rest, ...(message === undefined ? {} : { message: selectorOf(message) }) };
		}
		case 'server-returns':
		case 'monitor-runs':
			return { kind };
		case 'user-aborts':
			return { kind, task: line[kind] ?? task };
		case 'user-restarts':
			return { kind, task, ...line[kind] };
		case 'hours-pass':
			return { kind, ...fields(line[kind], 'hours') };
		case 'request-forged':
			return { kind, host, task, ...line[kind] };
	}
}

/** A value written short stands for one key of the long form. */
const fields = (
	value: string | number | Readonly<Record<string, unknown>> | undefined,
	key: string,
): Readonly<Record<string, unknown>> =>
	value === undefined ? {} : typeof value === 'object' ? value : { [key]: value };

function selectorOf(message: MessageName | undefined): unknown {
	if (typeof message !== 'string') return message;
	const [leg, route] = message.split(' ');
	return { leg, route };
}
