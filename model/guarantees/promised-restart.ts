import type { TaskObservation } from '../vocabulary/observation.ts';
import { isAtWork } from './dependents.ts';
import { archived } from './executions.ts';
import { failureAt, type Unnoticed, unnoticedAfter } from './failures.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { granted } from './lists.ts';
import { markIsCalled, reasonToRefuse } from './marks.ts';
import { decisionOn, firstMark, forwardedMark, indexOfTask } from './requests.ts';
import { someTask } from './situation.ts';
import { eachTask, rule, type StepFinding, worse } from './step-finding.ts';
import { unitOfTask } from './units.ts';
import { isAborting } from './users.ts';
import { ofAnswer, ofTask } from './wording.ts';

/** A grant stands until the restart, an abort, a success or a user's restart. */
function judgePromise(moment: Moment, was: TaskObservation, is: TaskObservation): StepFinding {
	if (is.execution !== was.execution) {
		// A repair is for want of a mark that stands: the list wins, and the history has to say so (S19). Of an execution
		// that ends in success none stands: others of its unit may be repaired at that very end.
		if (!was.restart_pending || is.started_by.by !== 'system') return false;
		if (archived(is, was.execution)?.details?.status === 'success') return false;
		return `The mark of ${ofTask(was)} was granted and its restart was pending, but it was restarted for another reason, by the system.`;
	}
	if (is.mark === 'granted' && was.mark !== 'granted')
		return (
			is.restart_pending || `The mark of ${ofTask(is)} was granted, but no restart is pending.`
		);
	if (!was.restart_pending || is.restart_pending || is.status === 'success') return false;
	if (isAborting(moment, was)) return false;
	return `The mark of ${ofTask(is)} was granted and its restart was pending, but it was dropped.`;
}

/** A mark that arrives in time is granted, unless there is a reason to refuse it. */
function judgeArrival(moment: Moment): StepFinding {
	const { setup, before, event, after } = moment;
	// What committed before a crash is kept, though nobody was answered.
	const crashed = event.kind === 'server-crashes' && event.commit === 'after';
	if (event.kind !== 'message-delivered' && !crashed) return false;
	const forwarded = forwardedMark(moment);
	const task = forwarded ?? firstMark(moment);
	if (task === null || reasonToRefuse(setup, before, task) !== null) return false;
	const now = after.tasks[indexOfTask(after, task.id)];
	const decision = now && decisionOn(moment, task, now);
	// The answer to an end says nothing of what it carried.
	const told = crashed || forwarded !== null || after.answer?.outcome === 'granted';
	if (decision === 'granted' && told) return true;
	return `The mark of ${ofTask(task)} came in time and nothing speaks against it, but the answer was ${ofAnswer(after.answer)} and its mark is ${decision}.`;
}

function judgeCause(unnoticed: Unnoticed, moment: Moment): StepFinding {
	const failed = failureAt(unnoticed, moment);
	return failed !== null && markIsCalled(moment, failed);
}

/** L1. */
export const promisedRestart: Guarantee<Unnoticed> = {
	id: 'L1',
	name: 'promised-restart',
	kind: 'liveness',
	statement:
		"A granted mark is kept: unless the execution is aborted, ends in success or is overtaken by a user's restart, the task is restarted, with all that restarts together with it. When a command with retry_on_failure fails its task and nothing speaks against it, the agent asks for a restart, and it is granted.",
	witness: [
		{
			name: 'failed',
			sentence: 'A command with retry_on_failure failed its task.',
			at: ({ event }) => event.kind === 'command-ends',
		},
		{
			name: 'granted',
			sentence: 'A mark was granted.',
			at: someTask((was, is, moment) => granted(moment, was, is) !== null),
		},
	],
	fairness:
		'Messages sent again and again are delivered at last, a crashed app server comes back, commands end, and the monitor runs again and again.',
	begin: () => null,
	step(unnoticed, moment) {
		const finding = worse(
			eachTask(moment, judgePromise),
			worse(judgeCause(unnoticed, moment), judgeArrival(moment)),
		);
		return rule(unnoticed, unnoticedAfter(unnoticed, moment), finding);
	},
	owed(_memory, setup, seen) {
		for (const [place, task] of seen.tasks.entries())
			if (task.restart_pending && !isAtWork(setup, seen, unitOfTask(setup, place)))
				return `The mark of ${ofTask(task)} was granted, but it was never restarted (it is ${task.status}).`;
		return null;
	},
};
