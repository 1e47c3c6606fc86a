import type { HostObservation, Observation, TaskObservation } from '../vocabulary/observation.ts';
import { minutesOf, type Setup } from '../vocabulary/setup.ts';
import { type GroupInstance, groupInstances } from '../vocabulary/structure.ts';
import { indexOfHost } from './agents.ts';
import { heldAs } from './dependents.ts';
import { isFinished, isInProgress } from './executions.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { isMergeQueue } from './marks.ts';
import { indexOfTask, isGone, requestHandled } from './requests.ts';
import { eachTask, rule, type StepFinding, worse } from './step-finding.ts';
import { ofTask } from './wording.ts';

const known = new WeakMap<Setup, readonly (GroupInstance | null)[]>();

/** By task: the group in which it runs, or null. */
function groupsOf(setup: Setup): readonly (GroupInstance | null)[] {
	let groups = known.get(setup);
	if (groups === undefined) {
		const instances = groupInstances(setup);
		groups = setup.tasks.map(
			(_, task) => instances.find(({ tasks }) => tasks.includes(task)) ?? null,
		);
		known.set(setup, groups);
	}
	return groups;
}

/** A single-host group is kept for its host while a member is in progress, and, if that one is not gone, for an hour after the latest end. */
const KEPT_MINUTES = minutesOf('group_stays_s');

/** The host that a single-host group is kept for; null: for none. */
function keptFor(seen: Observation, { tasks }: GroupInstance): string | null {
	let latest: { readonly host: string | null; readonly ended: number } | null = null;
	for (const place of tasks) {
		const task = seen.tasks[place];
		if (task === undefined) continue;
		if (isInProgress(task)) return task.host;
		const ended = task.ended_minute;
		if (isFinished(task) && ended !== null && ended >= (latest?.ended ?? ended))
			latest = { host: task.host, ended };
	}
	if (latest === null || isGone(seen, latest.host)) return null;
	return seen.minute - latest.ended < KEPT_MINUTES ? latest.host : null;
}

/** Whether a task may be dispatched to a host: undispatched, not held back, with room in its group. */
function isReadyFor(setup: Setup, seen: Observation, place: number, host: string): boolean {
	const task = seen.tasks[place];
	if (task?.status !== 'undispatched' || heldAs(setup, seen, place) !== null) return false;
	const group = groupsOf(setup)[place] ?? null;
	if (group === null) return true;
	if (group.hosts === 1) {
		const kept = keptFor(seen, group);
		return kept === null || kept === host;
	}
	let running = 0;
	for (const member of group.tasks) {
		const other = seen.tasks[member];
		if (other !== undefined && isInProgress(other)) running++;
	}
	return running < group.hosts;
}

/** The first task that is ready for a host; -1: none is. */
function firstReady(setup: Setup, seen: Observation, host: string): number {
	return seen.tasks.findIndex((_, place) => isReadyFor(setup, seen, place, host));
}

/** What is ready for a host that has nothing and asks at this moment; undefined: nothing, or none asks. */
function readyForWhoAsks(moment: Moment): TaskObservation | undefined {
	const { setup, before } = moment;
	const request = requestHandled(moment);
	if (request?.route !== 'next') return undefined;
	const host = before.hosts[indexOfHost(before, request.host)];
	return host?.assigned === null ? before.tasks[firstReady(setup, before, host.id)] : undefined;
}

/** Nobody takes a task off the schedule, restarted or not, but the abort of a merge-queue version what is undispatched (S21). */
function judgeSchedule(
	{ setup, after }: Moment,
	_was: TaskObservation,
	is: TaskObservation,
): StepFinding {
	if (is.held !== 'inactive' || isMergeQueue(setup)) return false;
	if (setup.tasks[indexOfTask(after, is.id)]?.activated === false) return false;
	return `${ofTask(is)} is scheduled and has yet to run, but it was taken off the schedule, so that it never will.`;
}

const isThere = ({ agent }: HostObservation): boolean => agent === 'alive';

/** L5. */
export const readyWorkRuns: Guarantee<null> = {
	id: 'L5',
	name: 'ready-work-runs',
	kind: 'liveness',
	statement:
		'A task that stays ready, being activated, neither blocked nor waiting, with room in its group, is dispatched at last; so a restarted execution does run.',
	witness: [
		{
			name: 'first',
			sentence: 'A host asked for work while a task was ready for it.',
			at: (moment) => readyForWhoAsks(moment)?.execution === 0,
		},
		{
			name: 'restarted',
			sentence: 'A host asked for work while a task was ready for it that had been restarted.',
			at: (moment) => (readyForWhoAsks(moment)?.execution ?? 0) > 0,
		},
	],
	fairness:
		'Hosts that may take the task ask again and again, messages sent again and again are delivered at last, a crashed app server comes back, the monitor runs again and again, and users do not restart for ever.',
	begin: () => null,
	step(memory, moment) {
		const finding = eachTask(moment, judgeSchedule);
		return rule(memory, memory, worse(finding, readyForWhoAsks(moment) !== undefined));
	},
	owed(_memory, setup, seen) {
		for (const [place, task] of seen.tasks.entries()) {
			const host = seen.hosts.find(
				(each) => isThere(each) && isReadyFor(setup, seen, place, each.id),
			);
			if (host !== undefined)
				return `${ofTask(task)} is ready, and host "${host.id}" asks for work again and again, but it is never dispatched.`;
		}
		return null;
	},
};
