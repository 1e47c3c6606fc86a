import type { TaskObservation } from '../vocabulary/observation.ts';
import { runsNow } from './agents.ts';
import { isInProgress } from './executions.ts';
import { eachTask, type Finding, rule } from './finding.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { ofTask } from './wording.ts';

function judge(_moment: Moment, was: TaskObservation, is: TaskObservation): Finding {
	if (is.execution !== was.execution || !isInProgress(was)) return isInProgress(is);
	if (is.status === 'undispatched')
		return `${ofTask(is)} was ${was.status}, but it is undispatched again without having ended.`;
	return false;
}

/** L2. */
export const everyExecutionEnds: Guarantee<null> = {
	id: 'L2',
	name: 'every-execution-ends',
	kind: 'liveness',
	statement:
		'An execution that was dispatched reaches success or failed, whatever becomes of its agent.',
	witness: 'An execution was dispatched.',
	fairness:
		'Messages sent again and again are delivered at last, a crashed app server comes back, commands end, and the monitor runs again and again as hours pass.',
	begin: () => null,
	step(memory, moment) {
		return rule(memory, memory, eachTask(moment, judge));
	},
	owed(_memory, _setup, seen) {
		for (const task of seen.tasks)
			if (isInProgress(task) && !runsNow(seen, task))
				return `${ofTask(task)} was dispatched to host "${task.host}", but it never ended: it is still ${task.status}.`;
		return null;
	},
};
