import type { TaskRecord } from './store.ts';

/** Lifecycle 1.1: the live execution is assigned to a host and has not ended. */
export const isInProgress = (task: TaskRecord): boolean =>
	task.status === 'dispatched' || task.status === 'started';

export const hasEnded = (task: TaskRecord): boolean =>
	task.status === 'success' || task.status === 'failed';

/** A live execution to which nothing has happened yet (S12). */
export const CLEAN = {
	status: 'undispatched',
	host: null,
	aborted: false,
	mark: 'none',
	restart_pending: false,
	granted_order: 0,
	repair_pending: false,
	restart_asked: null,
	awaits_restart: false,
	dispatched_at_ms: null,
	last_heartbeat_ms: null,
	ended_at_ms: null,
	details: null,
	remarks: null,
} as const satisfies Partial<TaskRecord>;

/** Ids of the members of a task's unit, in order: a task that stands alone is a unit of one. */
export const unitOf = (task: TaskRecord): readonly string[] => task.place?.unit ?? [task.id];

/** A restart of its unit is pending for what its record says: a mark, a repair, or what a user asked. */
export const isPending = (task: TaskRecord): boolean =>
	task.restart_pending || task.repair_pending || task.restart_asked !== null;

/** The id of the member whose record keeps what is the unit's: budget and count of restarts. */
export const firstMember = (task: TaskRecord): string => task.place?.unit[0] ?? task.id;
