import type { Message, Route } from '../vocabulary/message.ts';
import type { TaskObservation } from '../vocabulary/observation.ts';
import { same } from '../vocabulary/same.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { isMergeQueue } from './marks.ts';
import { indexOfTask, requestHandled } from './requests.ts';
import { rule, type StepFinding } from './step-finding.ts';
import { isRestarted, unitOfTask } from './units.ts';
import { ofTask } from './wording.ts';

/** The first task other than this one that changed in a way that this request may not change it, or null. */
function otherChanged(
	{ setup, before, after }: Moment,
	own: number,
	route: Route | null,
): TaskObservation | null {
	const unit = unitOfTask(setup, own);
	for (let index = 0; index < before.tasks.length; index++) {
		const was = before.tasks[index];
		const is = after.tasks[index];
		if (index === own || was === undefined || is === undefined || same(was, is)) continue;
		const bound = route === 'mark' || route === 'end';
		// The unit restarts as one, and its budget is everybody's.
		if (bound && unit.includes(index)) {
			if (route === 'end' && isRestarted(was, is)) continue;
			if (
				same(
					{ ...was, automatic_restarts: 0, held: null },
					{ ...is, automatic_restarts: 0, held: null },
				)
			)
				continue;
		}
		// A dependent sees what becomes of what it waits for (S16).
		if (bound && same({ ...was, held: null }, { ...is, held: null })) continue;
		return was;
	}
	return null;
}

/** The first host that is given to somebody, or taken away, but for the one that the end of the live execution frees; or null. */
function hostTaken(
	{ before, after }: Moment,
	request: Message,
	task: TaskObservation,
): string | null {
	for (let index = 0; index < after.hosts.length; index++) {
		const was = before.hosts[index];
		const is = after.hosts[index];
		if (was === undefined || is === undefined || was === is) continue;
		if (same(was.assigned, is.assigned)) continue;
		const frees =
			request.route === 'end' &&
			is.assigned === null &&
			was.assigned?.task === task.id &&
			request.execution === task.execution;
		if (!frees) return is.id;
	}
	return null;
}

function judgeRequest(moment: Moment): StepFinding {
	const request = requestHandled(moment);
	if (request === null || request.task === null) return false;
	const { setup, before, after } = moment;
	const own = indexOfTask(before, request.task);
	const task = before.tasks[own];
	if (task === undefined) return false;
	const sent = `The ${request.route} sent on behalf of execution ${request.execution} of "${request.task}"`;
	// The end of a merge-queue task may abort its version.
	const other =
		isMergeQueue(setup) && request.route === 'end'
			? null
			: otherChanged(moment, own, request.route);
	if (other !== null)
		return `${sent} should concern no other task, but it changed ${ofTask(other)}.`;
	const host = hostTaken(moment, request, task);
	if (host !== null)
		return `${sent} should leave hosts to whom they are given, but it changed that of host "${host}".`;
	if (request.execution === task.execution) return false;
	if (!same(task, after.tasks[own]))
		return `${sent} came late and should change nothing, but it changed ${ofTask(task)}.`;
	if (before.quota_used !== after.quota_used)
		return `${sent} came late and should change nothing, but it changed the quota in use.`;
	return true;
}

function judgeForged(moment: Moment): StepFinding {
	const { event } = moment;
	if (event.kind !== 'request-forged' || event.credentials === 'right') return false;
	const changed = otherChanged(moment, -1, null);
	if (changed !== null)
		return `A forged ${event.route} for "${event.task}" (${event.credentials}) should affect no execution, but it changed ${ofTask(changed)}.`;
	return event.credentials === 'previous-execution' || event.credentials === 'other-task';
}

/** S9. */
export const executionsAreIsolated: Guarantee<null> = {
	id: 'S9',
	name: 'executions-are-isolated',
	kind: 'safety',
	statement:
		'Nothing that is sent on behalf of one execution, however late, repeated or out of order, affects another execution or another task, except through what restarts together, the dependents, and the abort of a merge-queue version.',
	witness: 'A request arrived on behalf of an execution that was no longer the live one.',
	fairness: null,
	begin: () => null,
	step(memory, moment) {
		const finding =
			moment.event.kind === 'request-forged' ? judgeForged(moment) : judgeRequest(moment);
		return rule(memory, memory, finding);
	},
};
