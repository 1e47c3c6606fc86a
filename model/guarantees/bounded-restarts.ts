import type { TaskObservation } from '../vocabulary/observation.ts';
import { plural } from '../vocabulary/plural.ts';
import { policySeen, versionsOf } from '../vocabulary/versions.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { granted } from './lists.ts';
import { isPolicyChange, wrongPolicy } from './policy.ts';
import { decisionOn, firstMark, forwardedMark, indexOfTask } from './requests.ts';
import { someTask } from './situation.ts';
import { eachTask, rule, type StepFinding } from './step-finding.ts';
import {
	automaticRestarts,
	hasList,
	isRestarted,
	membersOf,
	policyOfUnit,
	projectOfUnit,
	unitOfTask,
} from './units.ts';

/** By project, the most that *max* has been so far: a restart follows its grant, and may be lower by then. */
type Mosts = readonly number[];

/** The very same value when nothing is more. */
function mostsAfter(mosts: Mosts, { after }: Moment): Mosts {
	for (const [project, most] of mosts.entries()) {
		const now = policySeen(after, project).max_automatic_restarts;
		if (now > most) return mosts.with(project, now);
	}
	return mosts;
}

function judge(
	mosts: Mosts,
	moment: Moment,
	was: TaskObservation,
	is: TaskObservation,
): StepFinding {
	if (
		was.execution === is.execution &&
		was.automatic_restarts === is.automatic_restarts &&
		was.restart_pending === is.restart_pending
	)
		return false;
	const marked = is.mark === 'granted' ? is.execution : was.execution;
	const grants = is.mark === 'granted' || decisionOn(moment, was, is) === 'granted';
	const unit = unitOfTask(moment.setup, indexOfTask(moment.after, is.id));
	const { max_automatic_restarts, execution_cap: cap } = policyOfUnit(
		moment.setup,
		moment.before,
		unit,
	);
	if (grants && was.mark !== 'granted') {
		if (marked >= cap)
			return `From execution ${cap} on no execution is restarted automatically, but the mark of execution ${marked} of "${is.id}" was granted.`;
		const far = unit.find((place) => (moment.before.tasks[place]?.execution ?? 0) >= cap);
		if (far !== undefined)
			return `From execution ${cap} on no execution is restarted automatically, and "${moment.before.tasks[far]?.id}" is at it, but the mark of execution ${marked} of "${is.id}" was granted, which restarts both.`;
	}
	const seen = automaticRestarts(moment.after, unit);
	const most = mosts[projectOfUnit(moment.setup, unit)] ?? 0;
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
	return isCounted(was, is, moment) || isKept(was, is);
}

/** A grant, or the restart for it. */
const isCounted = (was: TaskObservation, is: TaskObservation, moment: Moment): boolean =>
	granted(moment, was, is) !== null || (isRestarted(was, is) && is.started_by.by === 'mark');

/** A restart by a user of what was restarted automatically before, which renews no budget. */
const isKept = (was: TaskObservation, is: TaskObservation): boolean =>
	isRestarted(was, is) && is.started_by.by === 'user' && was.automatic_restarts > 0;

const arriving = (moment: Moment): TaskObservation | null =>
	forwardedMark(moment) ?? firstMark(moment);

const policyFor = ({ setup, before }: Moment, { id }: TaskObservation) =>
	policyOfUnit(setup, before, unitOfTask(setup, indexOfTask(before, id)));

function isSpent(moment: Moment): boolean {
	const marked = arriving(moment);
	if (marked === null) return false;
	return marked.automatic_restarts >= policyFor(moment, marked).max_automatic_restarts;
}

function isAtCap(moment: Moment): boolean {
	const { setup, before } = moment;
	const marked = arriving(moment);
	if (marked === null) return false;
	const { execution_cap } = policyFor(moment, marked);
	for (const member of membersOf(before, unitOfTask(setup, indexOfTask(before, marked.id))))
		if (member.execution >= execution_cap) return true;
	return false;
}

/** S1. */
export const boundedRestarts: Guarantee<Mosts> = {
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
		{
			name: 'counted',
			sentence: 'A mark was granted, or led to a restart.',
			at: someTask(isCounted),
		},
		{
			name: 'user',
			sentence: 'A user restarted what had been restarted automatically.',
			at: someTask(isKept),
		},
		{
			name: 'policy',
			sentence: 'An admin changed how often restarts are automatic.',
			at: isPolicyChange,
		},
	],
	fairness: null,
	begin: (setup) => versionsOf(setup).projects.map(({ policy }) => policy.max_automatic_restarts),
	step(mosts, moment) {
		const now = mostsAfter(mosts, moment);
		const finding =
			wrongPolicy(moment, ['max_automatic_restarts', 'execution_cap']) ??
			eachTask(moment, (of, was, is) => judge(mosts, of, was, is));
		if (finding !== false) return rule(mosts, now, finding);
		return rule(mosts, now, isSpent(moment) || isAtCap(moment) || isPolicyChange(moment));
	},
};
