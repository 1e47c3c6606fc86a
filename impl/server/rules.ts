import type { Details } from '../../model/vocabulary/message.ts';
import type {
	ExecutionRef,
	Held,
	RestartAsked,
	StartedBy,
} from '../../model/vocabulary/observation.ts';
import { type PolicyInForce, TIMING } from '../../model/vocabulary/setup.ts';
import { type Awaited, type Sight, sightOf } from '../store/dependents.ts';
import type {
	ArchivedRecord,
	Awaitable,
	HostRecord,
	ProjectRecord,
	Slot,
	TaskRecord,
	Transaction,
	VersionRecord,
} from '../store/store.ts';
import { CLEAN, hasEnded, isInProgress, isPending, unitOf } from '../store/task-state.ts';
import { type Authentication, authenticate, type Known, type Presented } from './authenticate.ts';
import { slotsInUse } from './quota.ts';
import { projectOf } from './task-lookup.ts';

/**
 * The decisions of the app server, each under the name of what it decides. Handlers say when one is
 * asked and what follows; a deviation replaces one of them.
 */
export interface Rules {
	/** Whether what a handler acts on is what it holds; else it is what it looked at in a transaction before. */
	holds(matter: Matter): boolean;
	/** S8: whether a request for a task is authentic. */
	authenticate(presented: Presented, known: Known): Authentication;
	/** S8: whether what a host says is refused, as it was taken away for good. */
	isGone(host: HostRecord, route: Presented['route']): boolean;
	/** What becomes of a host that is taken away. */
	takenAway(host: HostRecord): HostRecord;
	/**
	 * S1, S7: the policy that counts in a transaction that grants or repairs a task: its project's own, or else the one that
	 * the store keeps for all, held until the commit.
	 */
	heeded(tx: Transaction, server: Started, task: TaskRecord): Awaitable<PolicyInForce>;
	/** What is kept of a policy that an admin asks for. */
	keptOf(asked: PolicyInForce, server: Started): PolicyInForce;
	/** Whether what an admin says of the policy of one project is kept for all. */
	concernsAll(project: string): boolean;
	/** S7: the project whose slots count for a task, or which gets one back. */
	quotaOf(tx: Transaction, task: TaskRecord, what: 'counts' | 'gets back'): Promise<ProjectRecord>;
	/** C5, S21: the tasks that a request for a version concerns, or its first failure in the merge queue; null: there is no such version. */
	ofVersion(
		tx: Transaction,
		version: string,
		what: 'abort' | 'restart' | 'failure',
	): Promise<readonly TaskRecord[] | null>;
	/** C5, S21: whether a request for a version comes to a unit of it; asked of its members as they were when it arrived. */
	comesTo(members: readonly TaskRecord[], what: 'abort' | 'restart'): boolean;
	/** S17: whether a user asks for an execution that is no longer the live one, so that it was restarted since. */
	isOlder(asked: number, live: number): boolean;
	/** C5: what of a version is asked for at once with a task: its unit. */
	askedWith(task: TaskRecord): readonly string[];
	/** C5: what a user asks for who names these executions of a version, given with all its tasks. */
	named(executions: readonly ExecutionRef[], tasks: readonly TaskRecord[]): readonly ExecutionRef[];
	/** S22: whether a task is one of those that a version is shown by. */
	isShownIn(task: TaskRecord, version: Pick<VersionRecord, 'id' | 'project'>): boolean;
	/** S6: whether the task may never restart automatically. */
	isMergeQueue(task: TaskRecord): boolean;
	/** *cap*: an execution n >= cap is not restarted automatically. */
	isAtCap(task: TaskRecord, policy: PolicyInForce): boolean;
	/** S7: whether a granted member joins a list that the others of its unit have begun. */
	joins(others: readonly TaskRecord[]): boolean;
	/** S1: whether the unit has had all its automatic restarts, which its first member counts; asked for a member. */
	isBudgetSpent(first: TaskRecord, policy: PolicyInForce, task: TaskRecord): boolean;
	/** S7: how many slots of a project are in use, as it is shown. */
	slotsInUse(slots: readonly Slot[], now_ms: number): number;
	/** S7: whether all slots of the project are in use. */
	isQuotaSpent(project: ProjectRecord, policy: PolicyInForce, now_ms: number): boolean;
	/** S10: what is answered to the first mark of an execution that is granted; `joins`: its unit is on the way to a restart already. */
	grantedAs(joins: boolean): 'granted' | 'already_granted';
	/** S14: the status of the answer to a mark that is not granted, but for one that was granted before. */
	statusOf(outcome: Refusal | 'ignored_aborted'): number;
	/** S7, S13: whether slot or budget is given back when the restart that took it became impossible. */
	givesBack(what: 'slot' | 'budget'): boolean;
	/** S3: what an abort makes of an execution in progress, its granted mark aside. */
	abort(task: TaskRecord): TaskRecord;
	/** S3: whether the mark of an execution that was just aborted is withdrawn. */
	withdraws(aborted: TaskRecord): boolean;
	/** S21: those that an abort reaches, of the executions in progress of what it names. */
	reached(running: readonly TaskRecord[]): readonly TaskRecord[];
	/** S21: the members of an aborted display task that are not in progress, but on the list, which they leave. */
	calledOff(members: readonly TaskRecord[]): readonly TaskRecord[];
	/** S18: whether an end may still end an execution. */
	mayEnd(task: TaskRecord, policy: PolicyInForce): boolean;
	/** S18: what an end makes of an execution in progress. */
	end(task: TaskRecord, details: Details, now_ms: number): TaskRecord;
	/** S2: whether an ended execution leaves the list of its unit, as it was not failed. */
	leavesList(ended: TaskRecord): boolean;
	/** S6: whether the end of a merge-queue task aborts the others of its version. */
	abortsOthers(ended: TaskRecord): boolean;
	/** Whether an execution that the monitor ended is to be repaired. */
	isRepaired(ended: TaskRecord, policy: PolicyInForce): boolean;
	/** S10: whether a host that asks has an execution already: it is given that one again, or nothing. */
	isBusy(host: HostRecord): boolean;
	/** The task that a host is given: undispatched, not held, with room in its group. */
	firstReady(tx: Transaction, host: string, now_ms: number): Awaitable<TaskRecord | undefined>;
	/** S16: what a dependent sees of a task that it waits for. */
	sightOf(awaited: Awaited): Sight;
	/** S5: whether every member of a unit that will run has ended. */
	isSettled(members: readonly Member[]): boolean;
	/** L1: whether the unit of a granted mark restarts; asked once all its members have ended. */
	keeps(granted: TaskRecord, heeded: () => Awaitable<PolicyInForce>): Awaitable<boolean>;
	/** L1: whether the monitor keeps a promise that nobody has kept yet; asked of a unit's first member. */
	resumes(first: TaskRecord): boolean;
	/** S7: whether a restart for a mark takes a slot of its own; its mark took one. */
	paysAgain(): boolean;
	/** S5, C4: whether what a user names has ended, so that it can be restarted: a task, or all of a display task. */
	isRestartable(named: readonly TaskRecord[], policy: PolicyInForce): boolean;
	/** S11: what the history gets of an ended execution that begins anew. */
	kept(ended: TaskRecord): readonly ArchivedRecord[];
	/** S22: whether a display task is shown as started; asked of all members of its unit, and, where one is blocked, of what it waits for. */
	isUnderWay(unit: readonly Member[], upstream: readonly Member[]): boolean;
	/** S22: whether a version is shown as started, once something of it was dispatched; asked of all its tasks. */
	goesOn(tasks: readonly Member[]): boolean;
	/** C5: whether a user may ask that a unit be restarted when it is finished: something of it ran. */
	hasRun(members: readonly TaskRecord[]): boolean;
	/** C5: what of a unit, with what was asked before, a user asks to be restarted; of two requests the wider one counts. */
	asked(before: RestartAsked | null, failedOnly: boolean): RestartAsked;
	/** C5: whether a member waits for the restart, where a user asks for an abort too. */
	awaitsRestart(member: TaskRecord): boolean;
	/** C5: whether an abort of these tasks is one of the whole unit, which cancels what a user asked. */
	cancels(aborted: readonly string[], unit: readonly string[]): boolean;
	/** C5: what is left of a request in the record of a unit's first member, once the unit was restarted for it. */
	answered(first: TaskRecord): TaskRecord;
	/** C4: the members that begin anew when their unit restarts, or its failed members only. */
	restarting(members: readonly TaskRecord[], failedOnly: boolean): readonly TaskRecord[];
	/** S12: what a restart makes of an ended execution. */
	reset(ended: TaskRecord, startedBy: StartedBy, secret: string): TaskRecord;
	/** L2, S10: what a heartbeat makes of its execution; null: it is refused, as that is not in progress. */
	beat(task: TaskRecord, now_ms: number): TaskRecord | null;
	/** L2: whether the monitor ends an execution in progress, for want of a heartbeat. */
	isStale(task: TaskRecord, now_ms: number): boolean;
	/** L2: how often the monitor runs, unless the operator says otherwise. */
	monitorEvery_s(): number;
}

/** What a handler reads and then acts on; in a correct app server it holds it in between, in one transaction. */
export const MATTERS = [
	/** S8: that a mark is authentic, and its execution in progress. */
	'admission',
	/** S1, S7: what the first member of a unit has used of the budget, and who is on the list. */
	'list',
	/** S7: the slots of the project that are in use. */
	'slots',
	/** S3, L1: marks and aborts of an execution that ends. */
	'end',
	/** L2: that the execution that sent a heartbeat is in progress. */
	'heartbeat',
	/** S5: that every member of a unit that will run has ended. */
	'settled',
	/** S17: that a user restarts the execution that is the live one. */
	'restart',
	/** That a restarted execution is to run. */
	'activation',
	/** S5: which task waits for a host. */
	'next',
	/** S3: which executions of what is aborted are in progress. */
	'abort',
	/** S20: that an execution is silent. */
	'silence',
	/** S3, S17: what of a version is in progress, and which executions of it are the live ones. */
	'version',
] as const;

export type Matter = (typeof MATTERS)[number];

/** An app server, and what it was started with. */
interface Started {
	readonly policy: PolicyInForce;
}

/** Why a mark that may be made is not granted (S14). */
export type Refusal = 'refused_merge_queue' | 'refused_cap' | 'refused_budget' | 'refused_quota';

/** A member of a unit, and why it cannot be dispatched if it is undispatched. */
export interface Member {
	readonly task: TaskRecord;
	readonly held: Held | null;
}

/** In progress, or of a unit that is about to restart for its sake. */
const isLive = ({ task }: Member): boolean => isInProgress(task) || isPending(task);

const willRun = ({ task, held }: Member): boolean =>
	task.status === 'undispatched' && held !== 'inactive' && held !== 'blocked';

const isMergeQueue = (task: TaskRecord): boolean => task.requester === 'github_merge_request';

/** A correct app server. */
export const RULES: Rules = {
	holds: () => true,
	authenticate,
	isGone: (host) => host.gone,
	takenAway: (host) => ({ ...host, gone: true }),
	async heeded(tx, { policy }, task) {
		const kept = await tx.policy();
		return (await projectOf(tx, task)).policy ?? kept?.heeded ?? policy;
	},
	keptOf: (asked) => asked,
	concernsAll: () => false,
	quotaOf: projectOf,
	ofVersion: async (tx, id) =>
		(await tx.version(id)) === undefined ? null : tx.tasksOfVersion(id),
	comesTo: () => true,
	isOlder: (asked, live) => asked < live,
	askedWith: unitOf,
	named: (executions) => executions,
	isShownIn: (task, version) => task.version === version.id,
	isMergeQueue,
	isAtCap: (task, policy) => task.execution >= policy.execution_cap,
	joins: (others) => others.some((other) => other.restart_pending),
	isBudgetSpent: (first, policy) => first.automatic_restarts >= policy.max_automatic_restarts,
	slotsInUse,
	isQuotaSpent: (project, policy, now_ms) =>
		policy.daily_limit > 0 && slotsInUse(project.slots, now_ms) >= policy.daily_limit,
	grantedAs: () => 'granted',
	statusOf: (outcome) =>
		outcome === 'ignored_aborted' ? 200 : outcome === 'refused_quota' ? 429 : 400,
	givesBack: () => true,
	abort: (task) => ({ ...task, aborted: true }),
	withdraws: (aborted) => aborted.restart_pending,
	reached: (running) => running,
	calledOff: (members) => members.filter((task) => hasEnded(task) && task.restart_pending),
	mayEnd: isInProgress,
	end: (task, details, now_ms) => ({
		...task,
		status: task.aborted ? 'failed' : details.status,
		details: task.aborted ? ABORTED : details,
		ended_at_ms: now_ms,
	}),
	leavesList: (ended) => ended.status === 'success' && ended.restart_pending,
	abortsOthers: (ended) => isMergeQueue(ended) && ended.status === 'failed' && !ended.aborted,
	isRepaired: (ended, policy) =>
		policy.restart_system_failed && ended.execution === 0 && !ended.aborted && !isMergeQueue(ended),
	isBusy: ({ running }) => running !== null,
	firstReady: (tx, host, now_ms) => tx.firstReady(host, now_ms),
	sightOf,
	isSettled: (members) =>
		members.every(
			({ task, held }) =>
				hasEnded(task) || task.awaits_restart || held === 'inactive' || held === 'blocked',
		),
	keeps: () => true,
	resumes: () => true,
	paysAgain: () => false,
	isRestartable: (named) => named.some(hasEnded),
	kept: (ended) => [archivedFrom(ended)],
	isUnderWay: (unit, upstream) =>
		unit.some(isLive) ||
		(unit.some(({ task }) => hasEnded(task)) &&
			(unit.some(willRun) || upstream.some((member) => isLive(member) || willRun(member)))),
	goesOn: (tasks) => tasks.some((member) => isLive(member) || willRun(member)),
	hasRun: (members) => members.some((task) => isInProgress(task) || hasEnded(task)),
	asked: (before, failedOnly) => (failedOnly && before !== 'whole' ? 'failed' : 'whole'),
	awaitsRestart: (member) => member.status === 'undispatched' && member.activated,
	cancels: (aborted, unit) => unit.every((id) => aborted.includes(id)),
	answered: (first) => ({ ...first, restart_asked: null }),
	restarting: (members, failedOnly) =>
		members.filter((task) => (failedOnly ? task.status === 'failed' : hasEnded(task))),
	reset: (ended, started_by, secret) => ({
		...CLEAN,
		id: ended.id,
		project: ended.project,
		version: ended.version,
		name: ended.name,
		variant: ended.variant,
		requester: ended.requester,
		place: ended.place,
		activated: ended.activated,
		execution: ended.execution + 1,
		secret,
		started_by,
		automatic_restarts: ended.automatic_restarts,
		unit_restarts: ended.unit_restarts,
	}),
	beat: (task, now_ms) => (isInProgress(task) ? { ...task, last_heartbeat_ms: now_ms } : null),
	isStale: (task, now_ms) =>
		task.last_heartbeat_ms !== null && now_ms - task.last_heartbeat_ms >= TIMING.stale_s * 1000,
	monitorEvery_s: () => TIMING.monitor_s,
};

/** An ended execution, as it was when it ended. */
function archivedFrom(ended: TaskRecord): ArchivedRecord {
	const { details, ended_at_ms } = ended;
	if (details === null || ended_at_ms === null)
		throw new Error(`task "${ended.id}" has ended without details or time`);
	return {
		task: ended.id,
		execution: ended.execution,
		secret: ended.secret,
		started_by: ended.started_by,
		host: ended.host,
		aborted: ended.aborted,
		mark: ended.mark,
		dispatched_at_ms: ended.dispatched_at_ms,
		ended_at_ms,
		details,
		remarks: ended.remarks,
	};
}

const ABORTED: Details = { status: 'failed', type: null, description: 'aborted', timed_out: null };
