import type { ArchivedExecution, TaskObservation } from '../vocabulary/observation.ts';
import { same } from '../vocabulary/same.ts';
import { isFinished } from './executions.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { forwardedMark, indexOfTask } from './requests.ts';
import { witnessed } from './situation.ts';
import { eachTask, rule, type StepFinding, worse } from './step-finding.ts';
import { unitOfTask } from './units.ts';
import { ofTask } from './wording.ts';

/** The first fact of an ended execution that its archive does not tell as it was, or null. */
function forgotten(moment: Moment, was: TaskObservation, entry: ArchivedExecution): string | null {
	if (!same(entry.started_by, was.started_by)) return 'who started it';
	if (entry.host !== was.host) return 'its host';
	if (entry.dispatched_minute !== was.dispatched_minute) return 'the time of its dispatch';
	// What the end itself asked for is decided with it.
	if (entry.mark !== was.mark && forwardedMark(moment)?.id !== was.id) return 'its mark';
	if (entry.aborted !== was.aborted) return 'its abort';
	if (!isFinished(was))
		return entry.ended_minute === moment.after.minute ? null : 'the time of its end';
	if (entry.ended_minute !== was.ended_minute) return 'the time of its end';
	if (!same(entry.details, was.details) || entry.details.status !== was.status)
		return 'its status and details';
	return same(entry.remarks, was.remarks) ? null : 'what was said in it';
}

function judge(moment: Moment, was: TaskObservation, is: TaskObservation): StepFinding {
	const rise = is.execution - was.execution;
	if (rise < 0) return `The execution of "${is.id}" fell from ${was.execution} to ${is.execution}.`;
	if (rise > 1)
		return `The execution of "${is.id}" rose from ${was.execution} to ${is.execution} at once.`;
	if (is.history.length !== is.execution)
		return `Task "${is.id}" is at execution ${is.execution}, but its history holds ${is.history.length} executions.`;
	if (was.history !== is.history)
		for (let index = 0; index < was.history.length; index++)
			if (!same(was.history[index], is.history[index]))
				return `The history of "${is.id}" told of execution ${index} otherwise before.`;
	if (rise === 0) return false;
	const entry = is.history[was.execution];
	if (entry?.execution !== was.execution)
		return `The history of "${is.id}" does not hold execution ${was.execution} in its place.`;
	const lost = forgotten(moment, was, entry);
	return lost === null || `The history of ${ofTask(was)} does not show ${lost} as it was.`;
}

/** A display task is restarted with its unit: its number rises by one then, whoever is restarted of it, and at nothing else. */
function judgeDisplayTasks({ setup, before, after }: Moment): StepFinding {
	if (setup.display_tasks === undefined || before.tasks === after.tasks) return false;
	for (const [index, { id, execution_tasks }] of setup.display_tasks.entries()) {
		const unit = unitOfTask(setup, indexOfTask(after, execution_tasks[0] ?? ''));
		const restarts = unit.some(
			(place) => before.tasks[place]?.execution !== after.tasks[place]?.execution,
		);
		const was = before.display_tasks[index];
		const is = after.display_tasks[index];
		if (was === undefined || is === undefined) continue;
		const due = was.execution + (restarts ? 1 : 0);
		if (is.execution !== due)
			return `Display task "${id}" was at execution ${was.execution} and ${restarts ? 'was' : 'nothing of it was'} restarted, but it is at execution ${is.execution}, not ${due}.`;
	}
	return false;
}

/** S11. With which status an execution ends is S15. */
export const historyIsKept: Guarantee<null> = {
	id: 'S11',
	name: 'history-is-kept',
	kind: 'safety',
	statement:
		"The history of a task at execution n holds executions 0 to n − 1, each exactly once, as it was when it ended, and never changes. n rises by one at each restart and never falls; so does a display task's, at each restart of what restarts together with it.",
	witness: witnessed('A task was restarted.'),
	fairness: null,
	begin: () => null,
	step(memory, moment) {
		return rule(memory, memory, worse(eachTask(moment, judge), judgeDisplayTasks(moment)));
	},
};
