import type { TaskObservation } from '../vocabulary/observation.ts';
import { isAtWork } from './dependents.ts';
import { endingOf } from './executions.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { isMergeQueue } from './marks.ts';
import { monitorActs } from './overlap.ts';
import { isPolicyChange, wrongPolicy } from './policy.ts';
import { indexOfTask } from './requests.ts';
import { restartedBy, someTask } from './situation.ts';
import { eachTask, rule, type StepFinding, worse } from './step-finding.ts';
import {
	isRestarted,
	policyOfUnit,
	statusAtEnd,
	structureOf,
	type Unit,
	unitOfTask,
} from './units.ts';
import { isUsersRestart } from './users.ts';
import { ofTask } from './wording.ts';

/** The places of the tasks whose live execution was lost and is to be repaired, in order; null: there is none. */
type Lost = readonly number[] | null;

/** Whether the monitor ends an execution at this moment that the repair policy promises to restart. */
function isLost(moment: Moment, was: TaskObservation, is: TaskObservation): boolean {
	const { setup, before } = moment;
	if (!monitorActs(moment)) return false;
	const unit = unitOfTask(setup, indexOfTask(before, was.id));
	if (!policyOfUnit(setup, before, unit).restart_system_failed) return false;
	if (was.execution !== 0 || was.aborted || isMergeQueue(setup)) return false;
	return endingOf(was, is)?.description === 'heartbeat';
}

/** What is lost when everything of this moment but its restarts has happened: the very same value when nothing changed. */
function lostBefore(lost: Lost, moment: Moment): Lost {
	const { before, after } = moment;
	let now = lost;
	let place = -1;
	for (const is of after.tasks) {
		const was = before.tasks[++place];
		if (was === undefined || !isLost(moment, was, is)) continue;
		now = [...(now ?? []), place].sort((one, other) => one - other);
	}
	return now;
}

/** What is still to be repaired after the restarts of this moment. */
function left(lost: Lost, { before, after }: Moment): Lost {
	if (lost === null || before.tasks === after.tasks) return lost;
	const now = lost.filter(
		(place) => before.tasks[place]?.execution === after.tasks[place]?.execution,
	);
	return now.length === lost.length ? lost : now.length === 0 ? null : now;
}

/** A unit that the system restarts: for want of what, and which members. */
function judgeRepair(moment: Moment, unit: Unit, lost: Lost): StepFinding {
	const { setup, before, after } = moment;
	const first = before.tasks[unit[0] ?? -1];
	if (!unit.some((place) => lost?.includes(place) === true))
		return `What restarts together with "${first?.id}" was restarted by the system, but nothing of it was lost that is still to be repaired.`;
	const { divisible, unitOf } = structureOf(setup);
	const inPart = divisible[unitOf[unit[0] ?? -1] ?? -1] === true;
	for (const place of unit) {
		const was = before.tasks[place];
		const is = after.tasks[place];
		if (was === undefined || is === undefined) continue;
		const status = statusAtEnd(was, is);
		const isDue = inPart ? status === 'failed' : status !== null;
		if (isDue !== isRestarted(was, is))
			return `A repair restarts ${inPart ? 'the failed members of a display task' : 'all that ended of what restarts together'}, but ${ofTask(was)}, which ${status === null ? 'had not ended' : `ended in ${status}`}, was ${isDue ? 'not ' : ''}restarted.`;
	}
	return true;
}

function judge(
	lost: Lost,
	moment: Moment,
	was: TaskObservation,
	is: TaskObservation,
	place: number,
): StepFinding {
	if (isRestarted(was, is)) {
		if (is.started_by.by !== 'system' || isUsersRestart(moment, was)) return false;
		return judgeRepair(moment, unitOfTask(moment.setup, place), lost);
	}
	const owed = lost?.includes(place) === true;
	if (owed && !is.repair_pending)
		return `${ofTask(is)} was lost with its agent and is to be repaired, but no repair is pending.`;
	if (!owed && is.repair_pending)
		return `${ofTask(is)} is to be repaired, though it is not an execution 0 that was lost, not aborted, and not of the merge queue.`;
	return owed && !was.repair_pending;
}

/** L6. */
export const promisedRepair: Guarantee<Lost> = {
	id: 'L6',
	name: 'promised-repair',
	kind: 'liveness',
	statement:
		"Where the policy restarts what was lost, an execution 0 that was lost, not aborted and not of the merge queue is repaired, once: when all that restarts together has ended, the failed members of a display task are restarted, in a single-host group and else all that ended; unless a mark restarts it or a user's restart overtakes it.",
	witness: [
		{
			name: 'lost',
			sentence: 'An execution 0 was lost where the policy restarts what was lost.',
			at: someTask((was, is, moment) => isLost(moment, was, is)),
		},
		{
			name: 'repaired',
			sentence: 'What was lost was restarted as a repair.',
			at: restartedBy('system'),
		},
		{
			name: 'policy',
			sentence: 'An admin changed whether what is lost is restarted.',
			at: isPolicyChange,
		},
	],
	fairness:
		'Messages sent again and again are delivered at last, a crashed app server comes back, commands end, and the monitor runs again and again.',
	begin: () => null,
	step(lost, moment) {
		const { before, after } = moment;
		const wrong = wrongPolicy(moment, ['restart_system_failed']);
		if (wrong !== null) return rule(lost, lost, wrong);
		const changes = isPolicyChange(moment);
		if (before.tasks === after.tasks) return rule(lost, lost, changes);
		const known = lostBefore(lost, moment);
		const finding = eachTask(moment, (_, was, is, place) => judge(known, moment, was, is, place));
		return rule(lost, left(known, moment), worse(finding, changes));
	},
	owed(_lost, setup, seen) {
		for (const task of seen.tasks) {
			const unit = unitOfTask(setup, indexOfTask(seen, task.id));
			if (task.repair_pending && !isAtWork(setup, seen, unit))
				return `${ofTask(task)} was lost with its agent and is to be repaired, but it was never restarted.`;
		}
		return null;
	},
};
