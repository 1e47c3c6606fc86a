import type { Event } from '../vocabulary/event.ts';
import type { TaskObservation } from '../vocabulary/observation.ts';
import { isFinished, isUsersRestart } from './executions.ts';
import { eachTask, type Finding, rule, worse } from './finding.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { indexOfTask, requestHandled } from './requests.ts';
import { same } from './same.ts';
import { ofAnswer, ofTask } from './wording.ts';

function judgeRestart(moment: Moment, was: TaskObservation, is: TaskObservation): Finding {
	if (is.execution === was.execution) return false;
	if (is.execution > was.execution + 1)
		return `${ofTask(was)} was followed by ${is.execution - was.execution} new executions at once.`;
	if (was.status === 'undispatched')
		return `${ofTask(was)} had not even been dispatched, but it was restarted again.`;
	if (isUsersRestart(moment, was)) {
		if (is.started_by.by !== 'user')
			return `A user restarted ${ofTask(was)}, but execution ${is.execution} is not the user's.`;
		return was.restart_pending;
	}
	if (isFinished(was) && !was.restart_pending)
		return `${ofTask(was)} had ended and no restart was pending, but it was restarted.`;
	return false;
}

function judgeRequest(moment: Moment, event: Extract<Event, { kind: 'user-restarts' }>): Finding {
	const { before, after } = moment;
	const task = before.tasks[indexOfTask(before, event.task)];
	if (task === undefined) return false;
	const older = event.execution < task.execution;
	if (!older && isFinished(task)) return false;
	const unchanged = same(before.tasks, after.tasks) && before.quota_used === after.quota_used;
	const why = older ? `${ofTask(task)} is the live one` : `${ofTask(task)} has not ended`;
	if (!unchanged)
		return `A user's restart of execution ${event.execution} should do nothing, since ${why}, but it did.`;
	if (older && after.answer?.outcome !== 'older')
		return `A user's restart of execution ${event.execution} names an older one, since ${why}, but the answer was ${ofAnswer(after.answer)}.`;
	return true;
}

/** S17, for plain tasks. */
export const oneRestartPerEnd: Guarantee<null> = {
	id: 'S17',
	name: 'one-restart-per-end',
	kind: 'safety',
	statement:
		"A finished execution is followed by at most one new execution, whoever asked and however often. A user's restart that comes first is the user's, and one that names an older execution does nothing.",
	witness:
		'A user restarted an execution that was not the finished live one, or one whose automatic restart was pending; or an end came again after the restart.',
	fairness: null,
	begin: () => null,
	step(memory, moment) {
		const { before, event } = moment;
		let finding = eachTask(moment, judgeRestart);
		if (event.kind === 'user-restarts') finding = worse(finding, judgeRequest(moment, event));
		const request = requestHandled(moment);
		if (finding === false && request?.route === 'end') {
			const task = before.tasks[indexOfTask(before, request.task)];
			finding = task !== undefined && task.execution !== request.execution;
		}
		return rule(memory, memory, finding);
	},
};
