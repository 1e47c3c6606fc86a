import type { Event } from '../vocabulary/events/event.ts';
import type { TaskObservation } from '../vocabulary/observation.ts';
import { slotsSeen } from '../vocabulary/versions.ts';
import { isRestartable } from './dependents.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { granted } from './lists.ts';
import { isMergeQueue } from './marks.ts';
import { indexOfTask } from './requests.ts';
import { someTask } from './situation.ts';
import { eachTask, rule, type StepFinding, worse } from './step-finding.ts';
import {
	automaticRestarts,
	hasList,
	isRestarted,
	membersOf,
	projectOfUnit,
	unitNamed,
	unitOfTask,
} from './units.ts';
import { executionNamed } from './users.ts';
import { ofAnswer } from './wording.ts';

function judgeUser(moment: Moment, event: Extract<Event, { kind: 'user-restarts' }>): StepFinding {
	const { setup, before, after } = moment;
	if (event.execution !== executionNamed(before, event.task)) return false;
	const unit = unitNamed(setup, before, event.task);
	const first = before.tasks[unit[0] ?? -1];
	const now = after.tasks[unit[0] ?? -1];
	if (first === undefined || now === undefined) return false;
	const what = `execution ${event.execution} of "${event.task}"`;
	if (now.automatic_restarts > first.automatic_restarts)
		return `A user's restart of ${what} should use no automatic budget, but it did.`;
	const project = projectOfUnit(setup, unit);
	if (slotsSeen(after, project) > slotsSeen(before, project))
		return `A user's restart of ${what} should use no quota, but it did.`;
	if (isMergeQueue(setup) || !isRestartable(setup, before, unit, event.task)) return false;
	const restarted = unit.some(
		(place) => after.tasks[place]?.execution !== before.tasks[place]?.execution,
	);
	const nothing = event.failed_only === true && after.answer?.outcome === 'nothing_failed';
	if (after.answer?.status !== 200 || !(restarted || nothing))
		return `A user restarted ${what}, which had finished, but the answer was ${ofAnswer(after.answer)} and ${restarted ? 'something was restarted' : 'nothing was restarted'}.`;
	return true;
}

/** A restart that can no longer happen must not stay counted. */
function judgeBudget(moment: Moment, was: TaskObservation, is: TaskObservation): StepFinding {
	const { setup, after } = moment;
	if (
		was.execution === is.execution &&
		was.automatic_restarts === is.automatic_restarts &&
		was.restart_pending === is.restart_pending
	)
		return false;
	const unit = unitOfTask(setup, indexOfTask(after, is.id));
	const due = automaticRestarts(after, unit) + (hasList(after, unit) ? 1 : 0);
	// The budget is everybody's, so one that did not change may be wrong too.
	for (const { id, automatic_restarts } of membersOf(after, unit))
		if (automatic_restarts > due)
			return `Task "${id}" had or awaits ${due} automatic restarts, but ${automatic_restarts} are counted: one that came to nothing was not given back.`;
	return isGivenBack(was, is) || isCounted(was, is, moment) || isRepaired(was, is);
}

const isGivenBack = (was: TaskObservation, is: TaskObservation): boolean =>
	was.restart_pending && is.automatic_restarts < was.automatic_restarts;

const isCounted = (was: TaskObservation, is: TaskObservation, moment: Moment): boolean =>
	granted(moment, was, is) !== null || (isRestarted(was, is) && is.started_by.by === 'mark');

const isRepaired = (was: TaskObservation, is: TaskObservation): boolean =>
	isRestarted(was, is) && is.started_by.by === 'system';

/** S13. */
export const budgetsAreSeparate: Guarantee<null> = {
	id: 'S13',
	name: 'budgets-are-separate',
	kind: 'safety',
	statement:
		"A user's restart is never refused by the automatic budget or quota and uses neither. A mark that leads to no restart gives the budget back.",
	witness: [
		{
			name: 'user',
			sentence: 'A user restarted a finished execution.',
			at: ({ event }) => event.kind === 'user-restarts',
		},
		{
			name: 'came-to-nothing',
			sentence: 'A granted mark came to nothing.',
			at: someTask(isGivenBack),
		},
		{
			name: 'counted',
			sentence: 'A mark was granted, or led to a restart.',
			at: someTask(isCounted),
		},
		{
			name: 'repair',
			sentence: 'What was lost was restarted as a repair.',
			at: someTask(isRepaired),
		},
	],
	fairness: null,
	begin: () => null,
	step(memory, moment) {
		const { event } = moment;
		const budget = eachTask(moment, judgeBudget);
		const user = event.kind === 'user-restarts' ? judgeUser(moment, event) : false;
		return rule(memory, memory, worse(user, budget));
	},
};
