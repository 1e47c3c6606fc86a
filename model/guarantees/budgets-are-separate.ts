import type { Event } from '../vocabulary/event.ts';
import type { TaskObservation } from '../vocabulary/observation.ts';
import { automaticExecutions, isFinished } from './executions.ts';
import { eachTask, type Finding, rule, worse } from './finding.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { isMergeQueue } from './marks.ts';
import { indexOfTask } from './requests.ts';
import { ofAnswer, ofTask } from './wording.ts';

function judgeUser(moment: Moment, event: Extract<Event, { kind: 'user-restarts' }>): Finding {
	const { setup, before, after } = moment;
	const index = indexOfTask(before, event.task);
	const was = before.tasks[index];
	const is = after.tasks[index];
	if (was === undefined || is === undefined || event.execution !== was.execution) return false;
	if (is.automatic_restarts > was.automatic_restarts)
		return `A user's restart of ${ofTask(was)} should use no automatic budget, but it did.`;
	if (after.quota_used > before.quota_used)
		return `A user's restart of ${ofTask(was)} should use no quota, but it did.`;
	if (!isFinished(was) || isMergeQueue(setup)) return false;
	if (after.answer?.status !== 200 || is.execution !== was.execution + 1)
		return `A user restarted ${ofTask(was)}, which had finished, but the answer was ${ofAnswer(after.answer)} and the task is at execution ${is.execution}.`;
	return true;
}

/** A restart that can no longer happen must not stay counted. */
function judgeBudget(_moment: Moment, was: TaskObservation, is: TaskObservation): Finding {
	if (
		was.execution === is.execution &&
		was.automatic_restarts === is.automatic_restarts &&
		was.restart_pending === is.restart_pending
	)
		return false;
	const due = automaticExecutions(is) + (is.restart_pending ? 1 : 0);
	if (is.automatic_restarts > due)
		return `Task "${is.id}" had or awaits ${due} automatic restarts, but ${is.automatic_restarts} are counted: one that came to nothing was not given back.`;
	return was.restart_pending && is.automatic_restarts < was.automatic_restarts;
}

/** S13. */
export const budgetsAreSeparate: Guarantee<null> = {
	id: 'S13',
	name: 'budgets-are-separate',
	kind: 'safety',
	statement:
		"A user's restart is never refused by the automatic budget or quota and uses neither. A mark that leads to no restart gives the budget back.",
	witness: 'A user restarted a finished execution, or a granted mark came to nothing.',
	fairness: null,
	begin: () => null,
	step(memory, moment) {
		const { event } = moment;
		const budget = eachTask(moment, judgeBudget);
		const user = event.kind === 'user-restarts' ? judgeUser(moment, event) : false;
		return rule(memory, memory, worse(user, budget));
	},
};
