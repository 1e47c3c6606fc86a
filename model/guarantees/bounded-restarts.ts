import type { TaskObservation } from '../vocabulary/observation.ts';
import { plural } from '../vocabulary/plural.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { wrongPolicy } from './policy.ts';
import { decisionOn, firstMark, forwardedMark, indexOfTask } from './requests.ts';
import { eachTask, rule, type StepFinding } from './step-finding.ts';
import { automaticRestarts, hasList, isRestarted, membersOf, unitOfTask } from './units.ts';

/** The most that *max* has been so far: a restart follows its grant, and may be lower by then. */
type Most = number;

function judge(most: Most, moment: Moment, was: TaskObservation, is: TaskObservation): StepFinding {
	if (
		was.execution === is.execution &&
		was.automatic_restarts === is.automatic_restarts &&
		was.restart_pending === is.restart_pending
	)
		return false;
	const { max_automatic_restarts, execution_cap: cap } = moment.before.policy;
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
	const max = is.automatic_restarts > was.automatic_restarts ? max_automatic_restarts : most;
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
	const { max_automatic_restarts: max } = moment.before.policy;
	return (arriving(moment)?.automatic_restarts ?? -1) >= max;
}

function isAtCap(moment: Moment): boolean {
	const { setup, before } = moment;
	const { execution_cap } = before.policy;
	const marked = arriving(moment);
	if (marked === null) return false;
	for (const member of membersOf(before, unitOfTask(setup, indexOfTask(before, marked.id))))
		if (member.execution >= execution_cap) return true;
	return false;
}

/** S1. */
export const boundedRestarts: Guarantee<Most> = {
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
	begin: (setup) => setup.policy.max_automatic_restarts,
	step(most, moment) {
		const now = Math.max(most, moment.after.policy.max_automatic_restarts);
		const finding =
			wrongPolicy(moment, ['max_automatic_restarts', 'execution_cap']) ??
			eachTask(moment, (of, was, is) => judge(most, of, was, is));
		if (finding !== false) return rule(most, now, finding);
		return rule(most, now, isSpent(moment) || isAtCap(moment));
	},
};
