import type { Dependency } from '../../model/vocabulary/dependency.ts';
import type { Details } from '../../model/vocabulary/message.ts';
import type {
	ExecutionRef,
	IgnoredFlag,
	MarkDecision,
	RestartAsked,
	StartedBy,
	TaskStatus,
} from '../../model/vocabulary/observation.ts';
import type { Project } from '../../model/vocabulary/project.ts';
import type { PolicyInForce, Requester } from '../../model/vocabulary/setup.ts';
import type { Remarks } from '../wire/remarks.ts';

export type Awaitable<Value> = Value | Promise<Value>;

/** The group as a member of which a task runs. */
export interface GroupPlace {
	readonly name: string;
	/** How many hosts may run its members at the same time. */
	readonly hosts: number;
	/** Ids of the members on the task's variant, in order. */
	readonly members: readonly string[];
}

/** Where a task stands among those of its version; it never changes. */
export interface Place {
	/** Ids of the members of its unit, itself included, in order. */
	readonly unit: readonly string[];
	readonly display_task: string | null;
	readonly group: GroupPlace | null;
	/** The tasks that it waits for. */
	readonly depends_on: readonly Dependency[];
}

/** A task and its live execution (lifecycle 2). Records are never changed, only replaced. */
export interface TaskRecord {
	readonly id: string;
	readonly project: string;
	readonly version: string;
	/** The task's name in the project. */
	readonly name: string;
	readonly variant: string;
	readonly requester: Requester;
	/** Null where it stands alone: a unit of one that waits for nothing. */
	readonly place: Place | null;
	/** Whether it is to run. */
	readonly activated: boolean;
	readonly status: TaskStatus;
	readonly execution: number;
	/** Of the live execution; an archived one keeps its own. */
	readonly secret: string;
	readonly started_by: StartedBy;
	readonly host: string | null;
	readonly aborted: boolean;
	readonly mark: MarkDecision;
	/** Its granted mark stands: it is on the list of its unit (S3). */
	readonly restart_pending: boolean;
	/** Where on the list: who was granted later has a higher one. */
	readonly granted_order: number;
	/** It ended for want of a heartbeat, and its unit restarts for that. */
	readonly repair_pending: boolean;
	/** A user asked that its unit be restarted when it is finished, or its failed members (C5); kept in the first member alone. */
	readonly restart_asked: RestartAsked | null;
	/** It is not dispatched before its unit has restarted, as a user asked. */
	readonly awaits_restart: boolean;
	/** Of its unit, over its whole life, a pending one included (S1); kept in the first member alone. */
	readonly automatic_restarts: number;
	/** Restarts of its unit so far, whoever asked; kept in the first member alone. */
	readonly unit_restarts: number;
	readonly dispatched_at_ms: number | null;
	readonly last_heartbeat_ms: number | null;
	readonly ended_at_ms: number | null;
	readonly details: Details | null;
	/** What its own processes said about the end. */
	readonly remarks: Remarks | null;
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
	readonly remarks: Remarks | null;
}

export interface HostRecord {
	readonly id: string;
	readonly secret: string;
	/** The execution, dispatched or started, that the host is down for. */
	readonly running: ExecutionRef | null;
	/** Its agent asked for no more work (lifecycle 6.3, call 19). */
	readonly disabled: boolean;
	/** It was taken away for good: its secret is honoured no more. */
	readonly gone: boolean;
}

/** One piece of quota, and the execution whose mark took it (S7). */
export interface Slot extends ExecutionRef {
	readonly taken_at_ms: number;
}

export interface ProjectRecord {
	readonly id: string;
	readonly definition: Project;
	/** In the order in which they were taken. */
	readonly slots: readonly Slot[];
	/** What counts for it alone; null: that of the store. */
	readonly policy: PolicyInForce | null;
	readonly ignored_flags: readonly IgnoredFlag[];
}

/** One version of a project, whose tasks are in the order in which they were saved (lifecycle 1.3). */
export interface VersionRecord {
	readonly id: string;
	readonly project: string;
	readonly requester: Requester;
	readonly created_at_ms: number;
}

export type Role = 'user' | 'admin';

/** Somebody who may ask for things, and what is kept of the key that proves it. */
export interface UserRecord {
	readonly id: string;
	readonly key_hash: string;
	readonly roles: readonly Role[];
}

/** What the store keeps of the policy that counts for every project without one of its own. */
export interface PolicyRecord {
	readonly id: typeof THE_POLICY;
	readonly heeded: PolicyInForce;
}
export const THE_POLICY = 'policy';

/**
 * What a transaction may do. Reads see its own writes. The order of tasks is the order in which
 * they were first saved, of hosts too. What a record names (its project, version or task) is saved
 * by the time the transaction commits.
 *
 * Records that are read by id stay as they were read until the transaction is over. A list
 * does not hold what it lists: read again by id before acting on it.
 *
 * Where several records are read by id, the order is host, tasks, policy, project; of the tasks of a version
 * the last is first, so that whoever holds one can go on to the first member of its unit, which keeps
 * what is the unit's. Handlers that keep to it never wait for each other in a circle.
 */
export interface Transaction {
	task(id: string): Awaitable<TaskRecord | undefined>;
	saveTask(task: TaskRecord): Awaitable<void>;
	/** Lists the tasks of these ids. */
	tasks(ids: readonly string[]): Awaitable<readonly TaskRecord[]>;
	tasksInProgress(): Awaitable<readonly TaskRecord[]>;
	/** The first members of the units that have a restart or a repair pending. */
	pendingUnits(): Awaitable<readonly TaskRecord[]>;
	tasksOfVersion(version: string): Awaitable<readonly TaskRecord[]>;
	executionTasks(displayTask: string): Awaitable<readonly TaskRecord[]>;
	/**
	 * The first task that this host may be given: undispatched, not held, and its group has room for the
	 * host. What another transaction is about to dispatch is passed over, and so is a group from which one does.
	 */
	firstReady(host: string, now_ms: number): Awaitable<TaskRecord | undefined>;
	/** How many tasks are undispatched that are to run. */
	queueLength(): Awaitable<number>;
	/** The executions of a task that were archived, oldest first. */
	history(task: string): Awaitable<readonly ArchivedRecord[]>;
	archive(execution: ArchivedRecord): Awaitable<void>;
	host(id: string): Awaitable<HostRecord | undefined>;
	saveHost(host: HostRecord): Awaitable<void>;
	hosts(): Awaitable<readonly HostRecord[]>;
	project(id: string): Awaitable<ProjectRecord | undefined>;
	saveProject(project: ProjectRecord): Awaitable<void>;
	version(id: string): Awaitable<VersionRecord | undefined>;
	saveVersion(version: VersionRecord): Awaitable<void>;
	user(id: string): Awaitable<UserRecord | undefined>;
	saveUser(user: UserRecord): Awaitable<void>;
	policy(): Awaitable<PolicyRecord | undefined>;
	savePolicy(policy: PolicyRecord): Awaitable<void>;
}

/** Where the app server keeps everything it knows. */
export interface Store {
	/**
	 * Runs the work and commits all of its writes, or none when it throws. Transactions are
	 * serializable in the records that they read by id: each behaves as if it ran alone. Where two
	 * stand in each other's way the work of one may be run again, so it must have no effect but
	 * on the transaction.
	 */
	transaction<Result>(work: (tx: Transaction) => Awaitable<Result>): Promise<Result>;
}
