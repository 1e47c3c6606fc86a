import type { TaskObservation } from '../vocabulary/observation.ts';
import { plural } from '../vocabulary/plural.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { decisionOn, firstMark, forwardedMark, indexOfTask } from './requests.ts';
import { eachTask, rule, type StepFinding } from './step-finding.ts';
import { automaticRestarts, hasList, isRestarted, membersOf, unitOfTask } from './units.ts';

function judge(moment: Moment, was: TaskObservation, is: TaskObservation): StepFinding {
	if (
		was.execution === is.execution &&
		was.automatic_restarts === is.automatic_restarts &&
		was.restart_pending === is.restart_pending
	)
		return false;
	const { max_automatic_restarts: max, execution_cap: cap } = moment.setup.policy;
	const granted = is.mark === 'granted' ? is.execution : was.execution;
	const grants = is.mark === 'granted' || decisionOn(moment, was, is) === 'granted';
	const unit = unitOfTask(moment.setup, indexOfTask(moment.after, is.id));
	if (grants && was.mark !== 'granted') {
		if (granted >= cap)
			return `From execution ${cap} on no execution is restarted automatically, but the mark of execution ${granted} of "${is.id}" was granted.`;
		const far = unit.find((place) => (moment.before.tasks[place]?.execution ?? 0) >= cap);
		if (far !== undefined)
			return `From execution ${cap} on no execution is restarted automatically, and "${moment.before.tasks[far]?.id}" is at it, but the mark of execution ${granted} of "${is.id}" was granted, which restarts both.`;
	}
	const seen = automaticRestarts(moment.after, unit);
	if (seen > max)
		return unit.length > 1
			? `What restarts together with "${is.id}" may be restarted automatically ${plural(max, 'time')} in its whole life, but ${plural(seen, 'mark')} restarted it.`
			: `Task "${is.id}" may be restarted automatically ${plural(max, 'time')} in its whole life, but ${seen} of its executions ${seen === 1 ? 'was' : 'were'} started by a mark.`;
	if (is.automatic_restarts > max)
		return `Task "${is.id}" may be restarted automatically ${plural(max, 'time')} in its whole life, but ${plural(is.automatic_restarts, 'restart')} ${is.automatic_restarts === 1 ? 'was' : 'were'} granted.`;
	// A list that is left over after the restart promises no other one (S12).
	const due = seen + (!isRestarted(was, is) && hasList(moment.after, unit) ? 1 : 0);
	// The budget is everybody's, so one that did not change may be wrong too.
	for (const { id, automatic_restarts } of membersOf(moment.after, unit))
		if (automatic_restarts < due)
			return `Task "${id}" counts ${plural(automatic_restarts, 'automatic restart')}, but it had or awaits ${due}.`;
	return false;
}

const arriving = (moment: Moment): TaskObservation | null =>
	forwardedMark(moment) ?? firstMark(moment);

function isSpent(moment: Moment): boolean {
	const { max_automatic_restarts: max } = moment.setup.policy;
	return (arriving(moment)?.automatic_restarts ?? -1) >= max;
}

function isAtCap(moment: Moment): boolean {
	const { setup, before } = moment;
	const marked = arriving(moment);
	if (marked === null) return false;
	for (const member of membersOf(before, unitOfTask(setup, indexOfTask(before, marked.id))))
		if (member.execution >= setup.policy.execution_cap) return true;
	return false;
}

/** S1. */
export const boundedRestarts: Guarantee<null> = {
	id: 'S1',
	name: 'bounded-restarts',
	kind: 'safety',
	statement:
		'Over its whole life a task, or all that restarts together with it, is restarted automatically at most max times, and not at all from the execution cap on. Restarts by users neither use nor renew that budget.',
	witness: [
		{
			name: 'budget',
			sentence: 'A mark arrived when the budget of its task was used up.',
			at: isSpent,
		},
		{
			name: 'cap',
			sentence: 'A mark arrived when its task, or what restarts together with it, was at the cap.',
			at: isAtCap,
		},
	],
	fairness: null,
	begin: () => null,
	step(memory, moment) {
		const finding = eachTask(moment, judge);
		if (finding !== false) return rule(memory, memory, finding);
		return rule(memory, memory, isSpent(moment) || isAtCap(moment));
	},
};
