import type { TaskObservation } from '../vocabulary/observation.ts';
import { same } from '../vocabulary/same.ts';
import { archived, endingOf, isFinished, isInProgress } from './executions.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { monitorActs } from './overlap.ts';
import { indexOfTask, requestHandled } from './requests.ts';
import { someTask } from './situation.ts';
import { eachTask, rule, type StepFinding, worse } from './step-finding.ts';
import { ofTask } from './wording.ts';

/** Whether this moment may end the execution: its own end arrives, or the monitor runs. */
function mayEnd(moment: Moment, was: TaskObservation): boolean {
	if (monitorActs(moment)) return true;
	const request = requestHandled(moment);
	return request?.route === 'end' && request.task === was.id && request.execution === was.execution;
}

function judge(moment: Moment, was: TaskObservation, is: TaskObservation): StepFinding {
	const live = is.execution === was.execution;
	if (isFinished(was)) {
		if (!live) return false;
		if (is.status !== was.status)
			return `${ofTask(was)} had ended as ${was.status}, but it is ${is.status} now.`;
		if (
			is.ended_minute !== was.ended_minute ||
			is.dispatched_minute !== was.dispatched_minute ||
			!same(is.details, was.details)
		)
			return `${ofTask(was)} had ended, but its details or times changed afterwards.`;
		return false;
	}
	if (live && !isFinished(is)) {
		if (is.ended_minute !== null || is.details !== null)
			return `${ofTask(was)} is ${is.status}, but it has the details or the time of an end.`;
		return isAborted(was, is);
	}
	if (!isInProgress(was)) return `${ofTask(was)} was never dispatched, but it ended.`;
	if (!mayEnd(moment, was))
		return `${ofTask(was)} ended at ${moment.event.kind}, but neither its agent nor the monitor had ended it.`;
	const details = endingOf(was, is);
	const status = live ? is.status : details?.status;
	const at = live ? is.ended_minute : archived(is, was.execution)?.ended_minute;
	if (details === null || details.status !== status || at !== moment.after.minute)
		return `${ofTask(was)} ended at minute ${moment.after.minute} without the details and the time of it.`;
	return true;
}

/** An execution in progress is aborted, which does not end it: its agent does, or the monitor. */
const isAborted = (was: TaskObservation, is: TaskObservation): boolean =>
	isInProgress(was) &&
	isInProgress(is) &&
	is.execution === was.execution &&
	is.aborted &&
	!was.aborted;

/** An end that the app server committed ends its execution: also one that looks as before. */
function judgeCommitted(moment: Moment): StepFinding {
	const { before, event, after } = moment;
	const request = requestHandled(moment);
	if (request?.route !== 'end' || (event.kind === 'server-crashes' && event.commit !== 'after'))
		return false;
	const place = indexOfTask(before, request.task);
	const was = before.tasks[place];
	const is = after.tasks[place];
	if (was === undefined || is === undefined || was.execution !== request.execution) return false;
	if (!isInProgress(was) || is.execution !== was.execution || isFinished(is)) return false;
	return `The end of ${ofTask(was)} arrived while it was ${was.status}, but it has not ended: it is ${is.status}.`;
}

/** Another end arrives for an execution that ended before. */
function isSecondEnd(moment: Moment): boolean {
	const request = requestHandled(moment);
	if (request?.route !== 'end') return false;
	const task = moment.before.tasks[indexOfTask(moment.before, request.task)];
	return task !== undefined && (task.execution !== request.execution || isFinished(task));
}

/** S18. What a second end is answered is S10. */
export const oneEnd: Guarantee<null> = {
	id: 'S18',
	name: 'one-end',
	kind: 'safety',
	statement:
		"An execution ends once. The first end that the app server commits, the agent's or the monitor's, fixes status, details and times.",
	witness: [
		{
			name: 'first',
			sentence: 'An execution ended.',
			at: someTask((was, is) => endingOf(was, is) !== null),
		},
		{
			name: 'second',
			sentence: 'A second end arrived for an execution.',
			at: isSecondEnd,
		},
		{
			name: 'aborted',
			sentence: 'An execution in progress was aborted, which does not end it yet.',
			at: someTask(isAborted),
		},
	],
	fairness: null,
	begin: () => null,
	step(memory, moment) {
		const finding = worse(eachTask(moment, judge), judgeCommitted(moment));
		return rule(memory, memory, finding === false ? isSecondEnd(moment) : finding);
	},
};
