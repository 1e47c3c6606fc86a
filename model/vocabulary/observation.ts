import { z } from 'zod';
import { Position, PostedStatus } from './event.ts';
import { Details, Message, Outcome, Route } from './message.ts';
import { Name } from './project.ts';
import { MAX_EXECUTION } from './setup.ts';

/**
 * What an observer sees of a system after an event. Nothing in it depends on how a system is
 * built, so the observations of two systems can be compared and one judge serves all of them.
 */

const Execution = z.int().min(0).max(MAX_EXECUTION);
/** Whole hours since the story began, by the server's clock. */
const Hour = z.int().min(0);

/** Who started an execution (S19): the schedule, a user, or the granted mark of an execution. */
export const StartedBy = z.discriminatedUnion('by', [
	z.strictObject({ by: z.literal('schedule') }),
	z.strictObject({ by: z.literal('user') }),
	z.strictObject({ by: z.literal('mark'), task: Name, execution: Execution }),
]);
export type StartedBy = z.infer<typeof StartedBy>;

export const TaskStatus = z.enum(['undispatched', 'dispatched', 'started', 'success', 'failed']);
export type TaskStatus = z.infer<typeof TaskStatus>;

/** The first decision on an execution's mark, which stands while it runs (S10). */
export const MarkDecision = z.enum([
	'none',
	'granted',
	/** Granted, then withdrawn by an abort. */
	'withdrawn',
	'refused_budget',
	'refused_quota',
	'refused_cap',
	'refused_merge_queue',
]);
export type MarkDecision = z.infer<typeof MarkDecision>;

/** An execution that ended and was archived, as it was when it ended (S11). */
export const ArchivedExecution = z.strictObject({
	execution: Execution,
	started_by: StartedBy,
	host: Name.nullable(),
	dispatched_at: Hour.nullable(),
	ended_at: Hour,
	mark: MarkDecision,
	aborted: z.boolean(),
	details: Details,
});
export type ArchivedExecution = z.infer<typeof ArchivedExecution>;

/** A task: its live execution, its budget, and its history. */
export const TaskObservation = z.strictObject({
	id: Name,
	status: TaskStatus,
	execution: Execution,
	started_by: StartedBy,
	/** Which of the secrets this task has had is the live one: 0 is the first. */
	secret: z.int().min(0),
	/** The host that runs, or ran, the live execution. */
	host: Name.nullable(),
	aborted: z.boolean(),
	mark: MarkDecision,
	/** A granted mark still stands: the task restarts when it ends, or is about to. */
	restart_pending: z.boolean(),
	/** Automatic restarts used of *max*, a pending one included. */
	automatic_restarts: z.int().min(0),
	dispatched_at: Hour.nullable(),
	ended_at: Hour.nullable(),
	details: Details.nullable(),
	history: z.array(ArchivedExecution).readonly(),
});
export type TaskObservation = z.infer<typeof TaskObservation>;

export const ExecutionRef = z.strictObject({ task: Name, execution: Execution });
export type ExecutionRef = z.infer<typeof ExecutionRef>;

/** What an agent is doing: nothing, waiting for the answer to a call it sent so often, or running a command. */
export const Doing = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('idle') }),
	z.strictObject({
		kind: z.literal('calling'),
		route: Route,
		sent: z.int().min(1),
		/** The command for which a mark is asked while its block waits; under `rest` and `auto-retry` only. */
		for: Position.optional(),
	}),
	z.strictObject({ kind: z.literal('running'), position: Position }),
]);
export type Doing = z.infer<typeof Doing>;

/** A host: its agent's view, and whom the server has it down for (`assigned`). */
export const HostObservation = z.strictObject({
	id: Name,
	agent: z.enum(['alive', 'dead']),
	/** The execution that the agent holds. */
	execution: ExecutionRef.nullable(),
	doing: Doing,
	/** Background commands that run, in the order in which they were started. */
	background: z.array(Position),
	/** The end status that a process on the host posted last in this execution. */
	posted: PostedStatus.nullable(),
	/** The execution, dispatched or started, that the server has this host down for. */
	assigned: ExecutionRef.nullable(),
});
export type HostObservation = z.infer<typeof HostObservation>;

/** The server's answer to the request of this event, whether or not anybody hears it. */
export const Answer = z.strictObject({ outcome: Outcome, status: z.int().min(200).max(599) });
export type Answer = z.infer<typeof Answer>;

/** A function call whose flag has no effect, reported when the project is loaded (C2). */
export const IgnoredFlag = z.strictObject({
	/** Task name; null where the call stands in a block of the project. */
	task: Name.nullable(),
	block: Position.shape.block,
	step: z.int().min(0),
	func: Name,
});
export type IgnoredFlag = z.infer<typeof IgnoredFlag>;

export const Observation = z.strictObject({
	hour: Hour,
	server: z.enum(['up', 'down']),
	/** In the order of the setup. */
	tasks: z.array(TaskObservation),
	/** In the order of the setup. */
	hosts: z.array(HostObservation),
	/** Messages in flight, oldest first. */
	messages: z.array(Message).readonly(),
	/** Slots of the project in use now (S7). */
	quota_used: z.int().min(0),
	/** Null unless this event made the server answer a request: of an agent, a user or a forger. */
	answer: Answer.nullable(),
	ignored_flags: z.array(IgnoredFlag),
});
export type Observation = z.infer<typeof Observation>;
