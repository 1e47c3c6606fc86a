import type { TaskObservation } from '../vocabulary/observation.ts';
import { automaticExecutions } from './executions.ts';
import { eachTask, type Finding, rule } from './finding.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { decisionOn, firstMark, forwardedMark } from './requests.ts';

function judge(moment: Moment, was: TaskObservation, is: TaskObservation): Finding {
	if (
		was.execution === is.execution &&
		was.automatic_restarts === is.automatic_restarts &&
		was.started_by === is.started_by
	)
		return false;
	const { max_automatic_restarts: max, execution_cap: cap } = moment.setup.policy;
	const granted = is.mark === 'granted' ? is.execution : was.execution;
	const grants = is.mark === 'granted' || decisionOn(moment, was, is) === 'granted';
	if (grants && was.mark !== 'granted' && granted >= cap)
		return `From execution ${cap} on no execution is restarted automatically, but the mark of execution ${granted} of "${is.id}" was granted.`;
	const seen = automaticExecutions(is);
	if (seen > max)
		return `Task "${is.id}" may be restarted automatically ${max} times in its whole life, but ${seen} of its executions were started by a mark.`;
	if (is.automatic_restarts > max)
		return `Task "${is.id}" may be restarted automatically ${max} times in its whole life, but ${is.automatic_restarts} restarts were granted.`;
	if (is.automatic_restarts < seen)
		return `Task "${is.id}" counts ${is.automatic_restarts} automatic restarts, but ${seen} of its executions were started by a mark.`;
	return false;
}

/** S1, for plain tasks. */
export const boundedRestarts: Guarantee<null> = {
	id: 'S1',
	name: 'bounded-restarts',
	kind: 'safety',
	statement:
		'Over its whole life a task is restarted automatically at most max times, and not at all from the execution cap on. Restarts by users neither use nor renew that budget.',
	witness: 'A mark arrived when the budget of its task was used up.',
	fairness: null,
	begin: () => null,
	step(memory, moment) {
		const finding = eachTask(moment, judge);
		if (finding !== false) return rule(memory, memory, finding);
		const marked = forwardedMark(moment) ?? firstMark(moment);
		const max = moment.setup.policy.max_automatic_restarts;
		return rule(memory, memory, marked !== null && marked.automatic_restarts >= max);
	},
};
