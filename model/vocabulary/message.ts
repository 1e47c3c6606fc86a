import { z } from 'zod';
import { Exit } from './command.ts';
import { Name } from './project.ts';
import { MAX_EXECUTION } from './setup.ts';

/**
 * The calls an agent makes (lifecycle 6.3: calls 2, 11, 12, 13, 14). `mark` is the request to
 * restart the task when it ends.
 */
export const Route = z.enum(['next', 'start', 'heartbeat', 'mark', 'end']);
export type Route = z.infer<typeof Route>;

/** The answers a program can read, by route (S14). Every refusal is a 4xx. */
export const Outcome = z.enum([
	/** next: here is a task; nothing to do. */
	'task',
	'nothing',
	/** start, heartbeat, end, a user's abort or restart: done. */
	'ok',
	/** a user's restart of a unit that has not finished: it restarts when it has (C5). */
	'will_restart',
	/** heartbeat: the execution was aborted. */
	'abort',
	'granted',
	'already_granted',
	'ignored_aborted',
	/** end: this execution ended before; nothing changed. */
	'already_ended',
	/** a user's restart of an older execution: nothing changed (S17). */
	'older',
	/** a user's restart of failed members only, where none failed: nothing changed. */
	'nothing_failed',
	'refused_budget',
	'refused_quota',
	'refused_cap',
	'refused_merge_queue',
	'refused_not_running',
	'refused_not_finished',
	/** a user's restart of a unit in which nothing ran. */
	'refused_nothing_ran',
	'refused_credentials',
]);
export type Outcome = z.infer<typeof Outcome>;

export const isRefusal = (outcome: Outcome): boolean => outcome.startsWith('refused_');

/** Most messages in flight: beyond it nothing is repeated. */
export const NETWORK_CAPACITY = 16;

/** Why an execution ended as it did (TaskEndDetail of the wire, as far as retries need it). */
export const Details = z.strictObject({
	status: z.enum(['success', 'failed']),
	type: z.enum(['test', 'system', 'setup']).nullable(),
	description: z.enum([
		'',
		'aborted',
		'heartbeat',
		'task has invalid status',
		'task system-failed for unknown reasons',
	]),
	timed_out: z.enum(['exec', 'idle', 'block']).nullable(),
	/** How the process of the command ended that failed the task, if it was one that ended by itself. */
	exit: Exit.optional(),
});
export type Details = z.infer<typeof Details>;

/** What an end says; under the design `local-api` it may ask for a restart too, which is never kept. */
export const EndDetails = Details.extend({ retryable: z.literal(true).optional() });
export type EndDetails = z.infer<typeof EndDetails>;

/**
 * A message between an agent and the app server, as an observer of the network sees it.
 *
 * - `task`, `execution`: on whose behalf; null on a `next` request and on a reply with nothing to do.
 * - `outcome`, `status`: of a reply; null on a request.
 * - `details`: of an end request; else null.
 * - `awaited`: whether the sender of the request still waits on the connection. A reply exists only
 *   while it is awaited: when an attempt is over, its replies are dropped and its requests, if they
 *   arrive at all, are answered to nobody.
 */
export const Message = z.strictObject({
	leg: z.enum(['request', 'reply']),
	route: Route,
	host: Name,
	task: Name.nullable(),
	execution: z.int().min(0).max(MAX_EXECUTION).nullable(),
	outcome: Outcome.nullable(),
	status: z.int().min(200).max(599).nullable(),
	details: EndDetails.nullable(),
	awaited: z.boolean(),
});
export type Message = z.infer<typeof Message>;

/** Names a message in flight by what is known of it; where several fit, the oldest is meant. */
export const MessageSelector = Message.pick({
	leg: true,
	route: true,
	host: true,
	task: true,
	execution: true,
	outcome: true,
	awaited: true,
})
	.partial()
	.required({ leg: true, route: true });
export type MessageSelector = z.infer<typeof MessageSelector>;

export function selects(selector: MessageSelector, message: Message): boolean {
	return (
		selector.leg === message.leg &&
		selector.route === message.route &&
		(selector.host === undefined || selector.host === message.host) &&
		(selector.task === undefined || selector.task === message.task) &&
		(selector.execution === undefined || selector.execution === message.execution) &&
		(selector.outcome === undefined || selector.outcome === message.outcome) &&
		(selector.awaited === undefined || selector.awaited === message.awaited)
	);
}

/** The position of the oldest message that the selector names, or -1. */
export function find(selector: MessageSelector, messages: readonly Message[]): number {
	for (let index = 0; index < messages.length; index++) {
		const message = messages[index];
		if (message !== undefined && selects(selector, message)) return index;
	}
	return -1;
}

/** The full name of a message: it means this one, or one that cannot be told from it. */
export function selectorOf(message: Message): MessageSelector {
	const { leg, route, host, task, execution, outcome, awaited } = message;
	return { leg, route, host, task, execution, outcome, awaited };
}
