import type { Details } from '../../model/vocabulary/message.ts';
import type { StartedBy } from '../../model/vocabulary/observation.ts';
import { type Policy, TIMING } from '../../model/vocabulary/setup.ts';
import type { ProjectRecord, TaskRecord } from '../store/store.ts';
import { type Authentication, authenticate, type Known, type Presented } from './auth.ts';
import { slotsInUse } from './quota.ts';
import { groupOf } from './task-group.ts';

/**
 * The decisions of the app server, each under the name of what it decides. Handlers say when one is
 * asked and what follows; a deviation replaces one of them.
 */
export interface Rules {
	/** S8: whether a request for a task is authentic. */
	authenticate(presented: Presented, known: Known): Authentication;
	/** S6: whether the task may never restart automatically. */
	isMergeQueue(task: TaskRecord): boolean;
	/** *cap*: an execution n >= cap is not restarted automatically. */
	isAtCap(task: TaskRecord, policy: Policy): boolean;
	/** S1: whether the task has had all its automatic restarts. */
	isBudgetSpent(task: TaskRecord, policy: Policy): boolean;
	/** S7: whether all slots of the project are in use. */
	isQuotaSpent(project: ProjectRecord, policy: Policy, now_ms: number): boolean;
	/** S3: what an abort makes of an execution in progress, its granted mark aside. */
	abort(task: TaskRecord): TaskRecord;
	/** S18: what an end makes of an execution in progress. */
	end(task: TaskRecord, details: Details, now_ms: number): TaskRecord;
	/** S12: what a restart makes of an ended execution. */
	reset(ended: TaskRecord, startedBy: StartedBy, secret: string): TaskRecord;
	/** L2: whether the monitor ends an execution in progress, for want of a heartbeat. */
	isStale(task: TaskRecord, now_ms: number): boolean;
}

/** A correct app server. */
export const RULES: Rules = {
	authenticate,
	isMergeQueue: (task) => task.requester === 'github_merge_request',
	isAtCap: (task, policy) => task.execution >= policy.execution_cap,
	isBudgetSpent: (task, policy) => task.automatic_restarts >= policy.max_automatic_restarts,
	isQuotaSpent: (project, policy, now_ms) =>
		policy.daily_limit > 0 && slotsInUse(project.slots, now_ms) >= policy.daily_limit,
	abort: (task) => ({ ...task, aborted: true }),
	end: (task, details, now_ms) => ({
		...task,
		status: task.aborted ? 'failed' : details.status,
		details: task.aborted ? ABORTED : details,
		ended_at_ms: now_ms,
	}),
	reset: (ended, started_by, secret) => ({
		id: ended.id,
		project: ended.project,
		version: ended.version,
		name: ended.name,
		variant: ended.variant,
		...(groupOf(ended) === null ? {} : { group: groupOf(ended) }),
		requester: ended.requester,
		status: 'undispatched',
		execution: ended.execution + 1,
		secret,
		started_by,
		host: null,
		aborted: false,
		mark: 'none',
		restart_pending: false,
		automatic_restarts: ended.automatic_restarts,
		dispatched_at_ms: null,
		last_heartbeat_ms: null,
		ended_at_ms: null,
		details: null,
		remarks: null,
	}),
	isStale: (task, now_ms) =>
		task.last_heartbeat_ms !== null && now_ms - task.last_heartbeat_ms >= TIMING.stale_s * 1000,
};

const ABORTED: Details = { status: 'failed', type: null, description: 'aborted', timed_out: null };
