import type { Message, Route } from '../vocabulary/message.ts';
import type { TaskObservation } from '../vocabulary/observation.ts';
import { same } from '../vocabulary/same.ts';
import { sameSlots, versionsOf } from '../vocabulary/versions.ts';
import { isInProgress } from './executions.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { isMergeQueue } from './marks.ts';
import { indexOfTask, requestHandled } from './requests.ts';
import { eachTask, rule, type StepFinding } from './step-finding.ts';
import { isRestarted, unitOfTask, upstreamOf } from './units.ts';
import { unasked } from './users.ts';
import { ofTask } from './wording.ts';

/** The first task other than this one that changed in a way that this request may not change it, or null. */
function otherChanged(
	{ setup, before, after }: Moment,
	own: number,
	route: Route | null,
): TaskObservation | null {
	if (before.tasks === after.tasks) return null;
	const unit = unitOfTask(setup, own);
	const { versionOf } = versionsOf(setup);
	let index = -1;
	for (const is of after.tasks) {
		const was = before.tasks[++index];
		if (index === own || was === undefined || same(was, is)) continue;
		const bound = route === 'mark' || route === 'end';
		// The unit restarts as one, and its budget is everybody's.
		if (bound && unit.includes(index)) {
			if (route === 'end' && isRestarted(was, is)) continue;
			if (
				same(
					{ ...unasked(was), automatic_restarts: 0, held: null },
					{ ...unasked(is), automatic_restarts: 0, held: null },
				)
			)
				continue;
		}
		// A dependent sees what becomes of what it waits for (S16).
		if (bound && same({ ...was, held: null }, { ...is, held: null })) continue;
		// A version of the merge queue is aborted with the first that fails (S21).
		if (
			route === 'end' &&
			isMergeQueue(setup) &&
			versionOf[index] === versionOf[own] &&
			same(called(was), called(is))
		)
			continue;
		return was;
	}
	return null;
}

/** A task but for what the abort of its version may change. */
const called = (task: TaskObservation): TaskObservation => ({
	...task,
	aborted: false,
	held: null,
	mark: 'none',
	restart_pending: false,
	automatic_restarts: 0,
});

/** The first display task that is shown otherwise than before, though nothing of its unit is concerned; or null. */
function otherShown({ setup, before, after }: Moment, own: number): string | null {
	if (before.display_tasks === after.display_tasks) return null;
	const unit = unitOfTask(setup, own);
	for (const [index, { id, execution_tasks }] of (setup.display_tasks ?? []).entries()) {
		const members = unitOfTask(setup, indexOfTask(before, execution_tasks[0] ?? null));
		// Its own unit, or one whose members wait for it, and which is not final before it is (S22).
		const isConcerned = (place: number) =>
			unit.includes(place) || before.tasks[place]?.held !== after.tasks[place]?.held;
		if (members.some(isConcerned) || upstreamOf(setup, members).some((one) => unit.includes(one)))
			continue;
		if (!same(before.display_tasks[index], after.display_tasks[index])) return id;
	}
	return null;
}

/** The first host that is given to somebody, or taken away, but for the one that the end of the live execution frees; or null. */
function hostTaken(
	{ before, after }: Moment,
	request: Message,
	task: TaskObservation,
): string | null {
	let index = -1;
	for (const is of after.hosts) {
		const was = before.hosts[++index];
		if (was === undefined || same(was.assigned, is.assigned)) continue;
		const frees =
			request.route === 'end' &&
			is.assigned === null &&
			was.assigned?.task === task.id &&
			request.execution === task.execution;
		if (!frees) return is.id;
	}
	return null;
}

/** What a host is given is nobody's who has it already. */
const judgeGiven = (moment: Moment, { host }: Message): StepFinding =>
	eachTask(moment, (_, was, is) =>
		isInProgress(was) && is.execution === was.execution && is.host !== was.host
			? `${ofTask(was)} was given to host "${was.host}", but host "${host}", which asked for work, was given it too.`
			: false,
	);

/** Something else has not ended, so that a request could do it harm. */
function isAmongOthers({ before }: Moment, own: number): boolean {
	return before.tasks.some((task, place) => place !== own && isInProgress(task));
}

const isLate = (moment: Moment): boolean => {
	const { before, event } = moment;
	if (event.kind === 'request-forged') return true;
	const request = requestHandled(moment);
	const task = before.tasks[indexOfTask(before, request?.task ?? null)];
	return task !== undefined && request?.execution !== task.execution;
};

function judgeRequest(moment: Moment): StepFinding {
	const request = requestHandled(moment);
	if (request?.route === 'next') return judgeGiven(moment, request);
	if (request === null || request.task === null) return false;
	const { setup, before, after } = moment;
	const own = indexOfTask(before, request.task);
	const task = before.tasks[own];
	if (task === undefined) return false;
	const sent = `The ${request.route} sent on behalf of execution ${request.execution} of "${request.task}"`;
	const late = request.execution !== task.execution;
	const other = otherChanged(moment, own, late ? null : request.route);
	if (other !== null)
		return `${sent} should concern no other task, but it changed ${ofTask(other)}.`;
	// In the merge queue an end bears on all tasks of the version.
	const shown = isMergeQueue(setup) ? null : otherShown(moment, own);
	if (shown !== null)
		return `${sent} should concern no other task, but display task "${shown}" is shown otherwise.`;
	const host = hostTaken(moment, request, task);
	if (host !== null)
		return `${sent} should leave hosts to whom they are given, but it changed that of host "${host}".`;
	if (!late) return isAmongOthers(moment, own);
	if (!same(task, after.tasks[own]))
		return `${sent} came late and should change nothing, but it changed ${ofTask(task)}.`;
	if (!sameSlots(before, after))
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
		'Nothing that is sent on behalf of one execution, however late, repeated or out of order, affects another execution, another task or the assignment of a host, except through what restarts together, the dependents, and the abort of a merge-queue version.',
	witness: [
		{
			name: 'late',
			sentence: 'A request arrived on behalf of an execution that was no longer the live one.',
			at: isLate,
		},
		{
			name: 'live',
			sentence: 'A request of a live execution arrived while another task was in progress.',
			at: (moment) => !isLate(moment),
		},
	],
	fairness: null,
	begin: () => null,
	step(memory, moment) {
		const finding =
			moment.event.kind === 'request-forged' ? judgeForged(moment) : judgeRequest(moment);
		return rule(memory, memory, finding);
	},
};
