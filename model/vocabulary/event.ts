import { z } from 'zod';
import { MessageSelector, Route } from './message.ts';
import { Block, CommandType, Name } from './project.ts';
import { MAX_EXECUTION } from './setup.ts';

/** How a foreground command may end (guarantees, S4: which of them fail the task, block by block). */
export const CommandOutcome = z.enum([
	'succeeded',
	'failed',
	'panicked',
	'timed-out-exec',
	'timed-out-idle',
	/** The block's own time limit ran out while the command ran. */
	'timed-out-block',
]);
export type CommandOutcome = z.infer<typeof CommandOutcome>;

/** Where a command stands: its block, the entry of the block, and, inside a function, the member. */
export const Position = z.strictObject({
	block: Block,
	step: z.int().min(0),
	member: z.int().min(0).nullable(),
});
export type Position = z.infer<typeof Position>;

/** What a process on the host posts to the agent's local API; anything but success and failed is invalid (S15). */
export const PostedStatus = z.strictObject({
	status: Name.max(40),
	type: CommandType.optional(),
	should_continue: z.boolean().default(false),
	/** Asks for a restart; taken under the design `local-api` only. */
	retryable: z.literal(true).optional(),
});
export type PostedStatus = z.infer<typeof PostedStatus>;

/** What a forged request carries in place of the right secrets (S8). */
export const Credentials = z.enum([
	/** No secrets at all. */
	'none',
	'wrong-task-secret',
	'wrong-host-secret',
	/** The secret of another task's live execution. */
	'other-task',
	/** Another registered host, with that host's own right secret. */
	'other-host',
	/** The secret of this task's previous execution, and the host that ran it. */
	'previous-execution',
	/** The right secrets, for a task of the merge queue only: an agent that does not know S6. */
	'right',
	/**
	 * The key of a service user, under the design `rest` only: leaked, used by a script of another task,
	 * or at the wrong moment. The app server cannot tell these apart.
	 */
	'service-key',
]);
export type Credentials = z.infer<typeof Credentials>;

const host = Name;
const task = Name;

/** One thing that can happen. See docs/semantics.md for when each is possible and what it does. */
export const Event = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('host-asks'), host }),
	z.strictObject({ kind: z.literal('command-ends'), host, outcome: CommandOutcome }),
	z.strictObject({ kind: z.literal('background-fails'), host, position: Position }),
	z.strictObject({ kind: z.literal('status-posted'), host, posted: PostedStatus }),
	z.strictObject({ kind: z.literal('heartbeat-sent'), host }),
	z.strictObject({ kind: z.literal('call-retried'), host }),
	z.strictObject({ kind: z.literal('call-abandoned'), host }),
	z.strictObject({ kind: z.literal('agent-dies'), host }),
	z.strictObject({ kind: z.literal('agent-returns'), host }),
	z.strictObject({ kind: z.literal('message-delivered'), message: MessageSelector }),
	z.strictObject({ kind: z.literal('message-lost'), message: MessageSelector }),
	z.strictObject({ kind: z.literal('message-repeated'), message: MessageSelector }),
	/** The app server crashes; with `message`, while it handles that request. */
	z.strictObject({
		kind: z.literal('server-crashes'),
		message: MessageSelector.optional(),
		commit: z.enum(['before', 'after']).optional(),
	}),
	z.strictObject({ kind: z.literal('server-returns') }),
	z.strictObject({ kind: z.literal('monitor-runs') }),
	/** `task` names a task, or a display task: then all of its execution tasks are meant. */
	z.strictObject({ kind: z.literal('user-aborts'), task }),
	/** `task` names a task, or a display task: what restarts is the unit. */
	z.strictObject({
		kind: z.literal('user-restarts'),
		task,
		execution: z.int().min(0).max(MAX_EXECUTION),
		/** Only the members of a display task that failed. */
		failed_only: z.literal(true).optional(),
	}),
	z.strictObject({ kind: z.literal('hours-pass'), hours: z.int().min(1).max(48) }),
	z.strictObject({ kind: z.literal('host-unreachable'), host }),
	z.strictObject({
		kind: z.literal('request-forged'),
		route: Route.exclude(['next']),
		task,
		host,
		credentials: Credentials,
	}),
]);
export type Event = z.infer<typeof Event>;
export type EventKind = Event['kind'];

/** The kinds of event that are faults: of the network, the server, an agent, or an attacker. */
export const FAULTS: ReadonlySet<EventKind> = new Set([
	'call-retried',
	'call-abandoned',
	'agent-dies',
	'message-lost',
	'message-repeated',
	'server-crashes',
	'host-unreachable',
	'request-forged',
]);
