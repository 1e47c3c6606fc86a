import type { Details } from '../../model/vocabulary/message.ts';
import type {
	ExecutionRef,
	IgnoredFlag,
	MarkDecision,
	StartedBy,
	TaskStatus,
} from '../../model/vocabulary/observation.ts';
import type { Requester } from '../../model/vocabulary/setup.ts';

export type Awaitable<Value> = Value | Promise<Value>;

/** A task and its live execution (lifecycle 2). Records are never changed, only replaced. */
export interface TaskRecord {
	readonly id: string;
	readonly project: string;
	readonly requester: Requester;
	readonly status: TaskStatus;
	readonly execution: number;
	/** Of the live execution; an archived one keeps its own. */
	readonly secret: string;
	readonly started_by: StartedBy;
	readonly host: string | null;
	readonly aborted: boolean;
	readonly mark: MarkDecision;
	readonly restart_pending: boolean;
	/** Over the task's whole life, a pending one included (S1). */
	readonly automatic_restarts: number;
	readonly dispatched_at_ms: number | null;
	readonly last_heartbeat_ms: number | null;
	readonly ended_at_ms: number | null;
	readonly details: Details | null;
}

/** An execution as it was when it ended (S11), with the secret that is answered for an hour more. */
export interface ArchivedRecord {
	readonly task: string;
	readonly execution: number;
	readonly secret: string;
	readonly started_by: StartedBy;
	readonly host: string | null;
	readonly aborted: boolean;
	readonly mark: MarkDecision;
	readonly dispatched_at_ms: number | null;
	readonly ended_at_ms: number;
	readonly details: Details;
}

export interface HostRecord {
	readonly id: string;
	readonly secret: string;
	/** The execution, dispatched or started, that the host is down for. */
	readonly running: ExecutionRef | null;
}

/** One piece of quota, and the execution whose mark took it (S7). */
export interface Slot extends ExecutionRef {
	readonly taken_at_ms: number;
}

export interface ProjectRecord {
	readonly id: string;
	readonly slots: readonly Slot[];
	readonly ignored_flags: readonly IgnoredFlag[];
}

/**
 * What a transaction may do. Reads see its own writes. The order of tasks is the order in which
 * they were first saved.
 */
export interface Transaction {
	task(id: string): Awaitable<TaskRecord | undefined>;
	saveTask(task: TaskRecord): Awaitable<void>;
	taskIds(): Awaitable<readonly string[]>;
	firstUndispatched(): Awaitable<TaskRecord | undefined>;
	/** The executions of a task that were archived, oldest first. */
	history(task: string): Awaitable<readonly ArchivedRecord[]>;
	archive(execution: ArchivedRecord): Awaitable<void>;
	host(id: string): Awaitable<HostRecord | undefined>;
	saveHost(host: HostRecord): Awaitable<void>;
	project(id: string): Awaitable<ProjectRecord | undefined>;
	saveProject(project: ProjectRecord): Awaitable<void>;
}

/** Where the app server keeps everything it knows. */
export interface Store {
	/**
	 * Runs the work and commits all of its writes, or none when it throws. Transactions are
	 * serializable: each behaves as if it ran alone.
	 */
	transaction<Result>(work: (tx: Transaction) => Awaitable<Result>): Promise<Result>;
}
