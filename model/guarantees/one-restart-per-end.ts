import type { Event } from '../vocabulary/events/event.ts';
import type { TaskObservation } from '../vocabulary/observation.ts';
import { same } from '../vocabulary/same.ts';
import { sameSlots } from '../vocabulary/versions.ts';
import { isRestartable } from './dependents.ts';
import { isFinished, isInProgress } from './executions.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { indexOfTask, requestHandled } from './requests.ts';
import { someTask } from './situation.ts';
import { eachTask, rule, type StepFinding, worse } from './step-finding.ts';
import { isPending, unitNamed, unitOfTask } from './units.ts';
import { executionNamed, isUsersRestart } from './users.ts';
import { ofAnswer, ofTask } from './wording.ts';

function judgeRestart(moment: Moment, was: TaskObservation, is: TaskObservation): StepFinding {
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
	if (!isFinished(was)) return false;
	const { setup, before } = moment;
	const unit = unitOfTask(setup, indexOfTask(before, was.id));
	if (isPending(before, unit)) return false;
	// The last of a unit to end may have brought its own reason.
	if (unit.some((place) => endsNow(moment, place))) return false;
	return `${ofTask(was)} had ended and no restart was pending, but it was restarted.`;
}

/** A member in progress ends at this moment, and is restarted with the others. */
function endsNow({ before, after }: Moment, place: number): boolean {
	const was = before.tasks[place];
	const is = after.tasks[place];
	return was !== undefined && is !== undefined && isInProgress(was) && is.execution > was.execution;
}

function judgeRequest(
	moment: Moment,
	event: Extract<Event, { kind: 'user-restarts' }>,
): StepFinding {
	const { before, after } = moment;
	const live = executionNamed(before, event.task);
	if (live < 0) return false;
	const older = event.execution < live;
	const unit = unitNamed(moment.setup, before, event.task);
	if (!older && isRestartable(moment.setup, before, unit, event.task)) return false;
	const named = `execution ${live} of "${event.task}"`;
	const unchanged = same(before.tasks, after.tasks) && sameSlots(before, after);
	const why = older
		? `${named} is the live one`
		: `${named} has not ended, or what restarts together with it`;
	if (!unchanged)
		return `A user's restart of execution ${event.execution} should do nothing, since ${why}, but it did.`;
	if (older && after.answer?.outcome !== 'older')
		return `A user's restart of execution ${event.execution} names an older one, since ${why}, but the answer was ${ofAnswer(after.answer)}.`;
	return true;
}

/** S17. */
export const oneRestartPerEnd: Guarantee<null> = {
	id: 'S17',
	name: 'one-restart-per-end',
	kind: 'safety',
	statement:
		"A finished execution is followed by at most one new execution, whoever asked and however often. A user's restart that comes first is the user's, and one that names an older execution does nothing.",
	witness: [
		{
			name: 'not-finished',
			sentence: 'A user restarted an execution that was not the finished live one.',
			at: ({ before, event, after }) =>
				event.kind === 'user-restarts' && same(before.tasks, after.tasks),
		},
		{
			name: 'overtaken',
			sentence: 'A user restarted an execution whose automatic restart was pending.',
			at: someTask(
				(was, is, moment) =>
					is.execution !== was.execution && was.restart_pending && isUsersRestart(moment, was),
			),
		},
		{
			name: 'end-again',
			sentence: 'An end came again after the restart.',
			at: ({ event }) => event.kind !== 'user-restarts',
		},
	],
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
