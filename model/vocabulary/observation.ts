import { z } from 'zod';
import { Position, PostedStatus, Remarks } from './command.ts';
import { Details, EndDetails, Message, Outcome, Route } from './message.ts';
import { Name } from './project.ts';
import { MAX_EXECUTION, PolicyInForce } from './setup.ts';

/**
 * What an observer sees of a system after an event. Nothing in it depends on how a system is
 * built, so the observations of two systems can be compared and one judge serves all of them.
 */

const Execution = z.int().min(0).max(MAX_EXECUTION);
/** Whole minutes since the story began, by the server's clock. */
const Minute = z.int().min(0);

/** Who started an execution (S19): the schedule, a user, the granted mark of an execution, or the system. */
export const StartedBy = z.discriminatedUnion('by', [
	z.strictObject({ by: z.literal('schedule') }),
	z.strictObject({ by: z.literal('user') }),
	/** `task` and `execution`: of the mark, which in a unit of several may be another member's. */
	z.strictObject({ by: z.literal('mark'), task: Name, execution: Execution }),
	/** Because an execution was ended for want of a heartbeat. */
	z.strictObject({ by: z.literal('system') }),
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
	dispatched_minute: Minute.nullable(),
	ended_minute: Minute,
	mark: MarkDecision,
	aborted: z.boolean(),
	details: Details,
	remarks: Remarks.optional(),
});
export type ArchivedExecution = z.infer<typeof ArchivedExecution>;

/**
 * Why an undispatched task cannot be dispatched yet: nobody has scheduled it; a task that it depends on
 * failed for good; one has not succeeded for good yet (S16).
 */
export const Held = z.enum(['inactive', 'blocked', 'waiting']);
export type Held = z.infer<typeof Held>;

/** What a user asked to be restarted when it is finished: a whole unit, or of a display task its failed members. */
export const RestartAsked = z.enum(['whole', 'failed']);
export type RestartAsked = z.infer<typeof RestartAsked>;

/** A task: its live execution, the budget of its unit, and its history. */
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
	/** Null unless it is undispatched and cannot be dispatched. */
	held: Held.nullable(),
	/** A granted mark still stands: its unit restarts when all of it has ended, or is about to. */
	restart_pending: z.boolean(),
	/** It ended for want of a heartbeat, and its unit restarts for that. */
	repair_pending: z.boolean(),
	/** A user asked that its unit be restarted when it is finished, as a whole or its failed members only (C5); absent: nobody did. */
	restart_asked: RestartAsked.optional(),
	/** It is not dispatched before its unit has restarted, as a user asked. */
	awaits_restart: z.literal(true).optional(),
	/** Automatic restarts of its unit used of *max*, a pending one included. */
	automatic_restarts: z.int().min(0),
	dispatched_minute: Minute.nullable(),
	ended_minute: Minute.nullable(),
	details: Details.nullable(),
	/** What its processes said about its end; absent: nothing, or it has not ended by its agent. */
	remarks: Remarks.optional(),
	history: z.array(ArchivedExecution).readonly(),
});
export type TaskObservation = z.infer<typeof TaskObservation>;

/** What is shown of a whole version (S22): nothing of it has been dispatched yet, it goes on, or how it came out. */
export const VersionStatus = z.enum(['created', 'started', 'success', 'failed']);
export type VersionStatus = z.infer<typeof VersionStatus>;

/** A display task, as its unit and its execution tasks make it look. */
export const DisplayTaskObservation = z.strictObject({
	id: Name,
	status: TaskStatus,
	/** Restarts of its unit so far, whoever asked: a member that was left alone has fewer executions. */
	execution: Execution,
});
export type DisplayTaskObservation = z.infer<typeof DisplayTaskObservation>;

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

/** Why a host is not there. */
export const Away = z.enum(['to-come', 'gone']);
export type Away = z.infer<typeof Away>;

/** A host: its agent's view, and whom the server has it down for (`assigned`). */
export const HostObservation = z.strictObject({
	id: Name,
	agent: z.enum(['alive', 'dead']),
	/** The host has not come yet, or was taken away for good; absent: it is there. */
	away: Away.optional(),
	/** The execution that the agent holds. */
	execution: ExecutionRef.nullable(),
	/** The group that the host is set up for, on a variant of a version; absent: of the first. */
	group: z.strictObject({ group: Name, variant: Name, version: Name.optional() }).nullable(),
	doing: Doing,
	/** Background commands that run, in the order in which they were started. */
	background: z.array(Position),
	/** The end status that a process on the host posted last in this execution. */
	posted: PostedStatus.omit({ remarks: true }).nullable(),
	/** The execution, dispatched or started, that the server has this host down for. */
	assigned: ExecutionRef.nullable(),
});
export type HostObservation = z.infer<typeof HostObservation>;

/** The server's answer to the request of this event, whether or not anybody hears it. */
export const Answer = z.strictObject({ outcome: Outcome, status: z.int().min(200).max(599) });
export type Answer = z.infer<typeof Answer>;

/** A function call whose flag has no effect, reported when the project is loaded (C2). */
export const IgnoredFlag = z.strictObject({
	/** Task name; null where the call stands in a block of the project or of a group. */
	task: Name.nullable(),
	/** The group, where the call stands in a block of one. */
	group: Name.optional(),
	block: Position.shape.block,
	step: z.int().min(0),
	func: Name,
});
export type IgnoredFlag = z.infer<typeof IgnoredFlag>;

/** What the app server does a piece at a time: it answers a request of an agent or of a user, or it is a run of the monitor. */
export const Handled = z.enum([
	...Route.options,
	'abort',
	'restart',
	'restart-when-finished',
	'abort-version',
	'restart-version',
	'monitor',
]);
export type Handled = z.infer<typeof Handled>;

/**
 * A handler that is held: it stands before a change that it is about to commit, and has locked nothing. What it
 * has read so far it has read.
 */
export const InHand = z.strictObject({
	route: Handled,
	/** The agent that asked; null where a user did, or nobody. */
	host: Name.nullable(),
	/** What it is about: a task, or the display task that a user named. */
	task: Name.nullable(),
	/** The version that a user named, of what is asked of one; absent: the first. */
	version: Name.optional(),
	execution: Execution.nullable(),
	/** Of a user's restart of a version: which execution of each of its tasks he saw. */
	executions: z.array(Execution).readonly().optional(),
	/** Of an end. */
	details: EndDetails.nullable(),
	/** Of a user's restart: of a display task, the members that failed only. */
	failed_only: z.boolean(),
	/** Of a user's restart when finished: what runs is aborted. Absent: it is not. */
	abort: z.literal(true).optional(),
	/** Whether somebody still waits for the answer. */
	awaited: z.boolean(),
	/** How many changes it has committed so far. */
	commits: z.int().min(0),
});
export type InHand = z.infer<typeof InHand>;

/** Most handlers that are held at the same time. */
export const MOST_IN_HAND = 3;

/** The same array for all who hold nothing, so that there is nothing to compare. */
export const NOTHING_IN_HAND: readonly InHand[] = [];

/** What is seen of a project beside the first. */
export const ProjectObservation = z.strictObject({
	policy: PolicyInForce,
	quota_used: z.int().min(0),
});
export type ProjectObservation = z.infer<typeof ProjectObservation>;

export const Observation = z.strictObject({
	minute: Minute,
	server: z.enum(['up', 'down']),
	/** In the order of the setup. */
	tasks: z.array(TaskObservation),
	/** In the order of the setup. */
	display_tasks: z.array(DisplayTaskObservation),
	/** What is shown of all tasks of the first version together. */
	version: VersionStatus,
	/** The same of the other versions, in the order of the setup; absent: there are none. */
	other_versions: z.array(VersionStatus).optional(),
	/** In the order of the setup. */
	hosts: z.array(HostObservation),
	/** Messages in flight, oldest first. */
	messages: z.array(Message).readonly(),
	/** Handlers that are held, oldest first. */
	in_hand: z.array(InHand).readonly(),
	/** What is heeded of a mark that arrives now, and of what is lost now. */
	policy: PolicyInForce,
	/** Slots of the project in use now (S7). */
	quota_used: z.int().min(0),
	/** Both of the projects beside the first, in the order of the setup; absent: there are none. */
	other_projects: z.array(ProjectObservation).optional(),
	/** Null unless this event made the server answer a request: of an agent, a user or a forger. */
	answer: Answer.nullable(),
	ignored_flags: z.array(IgnoredFlag),
});
export type Observation = z.infer<typeof Observation>;
