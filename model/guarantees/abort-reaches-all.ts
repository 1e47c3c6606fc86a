import type { HostObservation, TaskObservation } from '../vocabulary/observation.ts';
import { same } from '../vocabulary/same.ts';
import { placeOf, type VersionOfSetup, versionsOf } from '../vocabulary/versions.ts';
import { archived, endingOf, isInProgress } from './executions.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { isMergeQueue } from './marks.ts';
import { indexOfTask } from './requests.ts';
import { eachHost, eachTask, rule, type StepFinding, worse } from './step-finding.ts';
import { membersOf, unitNamed } from './units.ts';
import { isAborting, isAsked, isCancelled, unasked } from './users.ts';
import { type Ahead, comeTo, type IsIdle, isInHand, isOnItsWay } from './version-requests.ts';
import { namesOf, ofAnswer, ofTask } from './wording.ts';

/** What an abort does to a task: nothing, takes it off the list, or that and aborts it. */
type Reach = 'none' | 'list' | 'execution';

function reachOf(moment: Moment, was: TaskObservation): Reach {
	if (!isAborting(moment, was)) return 'none';
	if (isInProgress(was)) return 'execution';
	return was.restart_pending ? 'list' : 'none';
}

/** A task as an abort leaves it. What becomes of its mark is S3, of its unit's budget S13, and of what it waits for S16. */
const leftAs = (
	was: TaskObservation,
	is: TaskObservation,
	reach: Reach,
	spent: boolean,
	cancelled = false,
): TaskObservation => ({
	...(cancelled ? unasked(was) : was),
	held: is.held,
	...(spent ? { automatic_restarts: is.automatic_restarts } : {}),
	...(reach === 'none' ? {} : { restart_pending: false }),
	...(reach === 'execution' ? { aborted: true, mark: is.mark } : {}),
});

/** What an abort missed of a task that it was to reach, or null. */
function missed(was: TaskObservation, is: TaskObservation, reach: Reach): string | null {
	if (reach === 'execution' && !is.aborted)
		return `The abort should reach ${ofTask(was)}, which was ${was.status}, but it was not aborted.`;
	if (reach !== 'none' && is.restart_pending)
		return `The abort should take ${ofTask(was)} off the list, but the restart for its sake is still pending.`;
	return null;
}

/** A host that an abort freed or gave away, which none may. */
const isMoved = (_: Moment, was: HostObservation, is: HostObservation): boolean =>
	!same(was.assigned, is.assigned);

function judgeUser(moment: Moment): StepFinding {
	const { setup, before, event, after, part } = moment;
	if (event.kind !== 'user-aborts' && event.kind !== 'user-aborts-version') return false;
	const isVersion = event.kind === 'user-aborts-version';
	const { versions } = versionsOf(setup);
	const unit = isVersion
		? (part ?? versions[placeOf(versions, event.version)]?.tasks ?? [])
		: unitNamed(setup, before, event.task);
	const what = isVersion ? 'the version' : `"${event.task}"`;
	const cancelled = isAsked(before, unit) && (isVersion || isCancelled(moment, unit));
	let reached = cancelled;
	let place = -1;
	for (const is of after.tasks) {
		const was = before.tasks[++place];
		if (was === undefined) continue;
		const reach = reachOf(moment, was);
		if (reach !== 'none') reached = true;
		const finding = missed(was, is, reach);
		if (finding !== null) return finding;
		const isOwn = unit.includes(place);
		if (was !== is && !same(leftAs(was, is, reach, isOwn, isOwn && cancelled), is))
			return `The abort of ${what} should change nothing else, but it changed ${ofTask(was)}.`;
	}
	if (eachHost(moment, isMoved) !== false)
		return `The abort of ${what} should leave hosts to whom they are given, but it did not.`;
	const due = reached || isVersion ? 200 : 400;
	if (after.answer?.status === due) return true;
	return `${reached ? 'Something' : 'Nothing'} of ${what} was in progress or on the list, but its abort was answered ${ofAnswer(after.answer)}.`;
}

/** Nothing of it is in progress and not aborted yet, on the list, or asked to be restarted. */
const isIdle: IsIdle = (_, seen, unit) => {
	for (const task of membersOf(seen, unit)) {
		if (isInProgress(task) && !task.aborted) return false;
		if (task.restart_pending || task.restart_asked !== undefined) return false;
	}
	return true;
};

/** The task of a version in the merge queue that failed first at this moment, and with it the version; or -1. */
function firstFailure({ before, after }: Moment, { tasks }: VersionOfSetup): number {
	for (const place of tasks) {
		const was = before.tasks[place];
		const is = after.tasks[place];
		if (was === undefined || is === undefined || was === is || is.aborted) continue;
		if (endingOf(was, is)?.status === 'failed') return place;
	}
	return -1;
}

/** The first failure of a version of the merge queue stops all the others, in the transaction of that end. */
function judgeVersion(moment: Moment, { tasks }: VersionOfSetup, failed: number): StepFinding {
	const { before, after } = moment;
	let reached = false;
	for (const place of tasks) {
		const was = before.tasks[place];
		const is = after.tasks[place];
		if (place === failed || was === undefined || is === undefined) continue;
		const runs = isInProgress(was);
		if (runs || was.status === 'undispatched') reached = true;
		const finding = missed(was, is, runs ? 'execution' : 'list');
		if (finding !== null) return finding;
		if (was.status === 'undispatched' && is.held !== 'inactive')
			return `A task of the merge queue failed, so ${ofTask(was)} should never run, but it was not deactivated.`;
		// The monitor may end it as well, after the first one.
		if (endingOf(was, is) !== null) continue;
		if (was !== is && !same(leftAs(was, is, runs ? 'execution' : 'none', false), is))
			return `The first failure of the version should change nothing else, but it changed ${ofTask(was)}.`;
	}
	return reached;
}

/** Nobody is aborted but by a user who names it, or by the first failure of its version; and deactivated by that only. */
function judgeUnasked(moment: Moment, was: TaskObservation, is: TaskObservation): StepFinding {
	if (was.status === 'undispatched' && is.held === 'inactive' && was.held !== 'inactive')
		return `${ofTask(was)} was deactivated, but no failure of its version had asked for it.`;
	const now = is.execution === was.execution ? is : archived(is, was.execution);
	if (was.aborted || now?.aborted !== true) return false;
	return isAborting(moment, was) || moment.event.kind === 'user-aborts'
		? false
		: `${ofTask(was)} was aborted, but no user and no failure of its version had asked for it.`;
}

/** Each version in the merge queue of which something failed, and of what is of no such version what nobody asked for. */
function judgeFailures(moment: Moment): StepFinding {
	if (!isMergeQueue(moment.setup)) return eachTask(moment, judgeUnasked);
	const failed = new Map<number, number>();
	const { versions, versionOf } = versionsOf(moment.setup);
	for (const [version, one] of versions.entries()) {
		const first = firstFailure(moment, one);
		if (first >= 0) failed.set(version, first);
	}
	let finding = eachTask(moment, (_, was, is) =>
		failed.has(versionOf[indexOfTask(moment.after, is.id)] ?? 0)
			? false
			: judgeUnasked(moment, was, is),
	);
	for (const [version, first] of failed) {
		const one = versions[version];
		if (one !== undefined) finding = worse(finding, judgeVersion(moment, one, first));
	}
	return finding;
}

/** Whether a user aborts a task, or a display task; null: neither. */
const namesTask = ({ event, before }: Moment): boolean | null =>
	event.kind === 'user-aborts' ? indexOfTask(before, event.task) >= 0 : null;

const isAccepted = ({ after }: Moment): boolean => after.answer?.status === 200;

/** S21. */
export const abortReachesAll: Guarantee<Ahead> = {
	id: 'S21',
	name: 'abort-reaches-all',
	kind: 'safety',
	statement:
		'An abort of a display task, or of a merge-queue version by its first failure, reaches at once all of it that is in progress, takes all of it off the list, and in the merge queue keeps the rest from ever running. An abort of one task reaches that one only. Nothing else changes but list, budget, quota, what is shown, and dependents.',
	witness: [
		{
			name: 'task',
			sentence: 'A user aborted a task in progress.',
			at: (moment) => namesTask(moment) === true && isAccepted(moment),
		},
		{
			name: 'display-task',
			sentence: 'A user aborted a display task of which something was in progress or on the list.',
			at: (moment) => namesTask(moment) === false && isAccepted(moment),
		},
		{
			name: 'nothing',
			sentence: 'A user aborted something of which nothing was in progress or on the list.',
			at: (moment) => namesTask(moment) !== null && !isAccepted(moment),
		},
		{
			name: 'version',
			sentence: 'A user aborted a version.',
			at: ({ event }) => event.kind === 'user-aborts-version',
		},
		{
			name: 'each-unit',
			sentence:
				'An abort of a version, which comes to one unit after the other, went on after it was held.',
			at: (moment) => moment.event.kind === 'user-aborts-version' && isOnItsWay(moment),
		},
		{
			name: 'merge-queue',
			sentence: 'The first task of a merge-queue version failed while others had not ended.',
			at: ({ event }) => event.kind !== 'user-aborts' && event.kind !== 'user-aborts-version',
		},
	],
	fairness: null,
	begin: () => null,
	step(memory, moment) {
		const finding = worse(judgeFailures(moment), judgeUser(moment));
		if (!isInHand(moment)) return rule(memory, memory, finding);
		const { ahead, answered } = comeTo(memory, moment, 'abort-version', isIdle);
		const left: StepFinding =
			answered === null || answered === 'done'
				? answered !== null
				: `The abort of the version was answered ${ofAnswer(moment.after.answer)}, but never came to ${namesOf(moment.after, answered)}.`;
		return rule(memory, ahead, worse(finding, left));
	},
};
