import type { Outcome, Route } from '../vocabulary/message.ts';
import type { MarkDecision, TaskObservation } from '../vocabulary/observation.ts';
import { same } from '../vocabulary/same.ts';
import { minutesOf } from '../vocabulary/setup.ts';
import { sameSlots } from '../vocabulary/versions.ts';
import { indexOfHost } from './agents.ts';
import { archived, isFinished, isInProgress } from './executions.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { firstMark, indexOfTask, isGone, requestHandled } from './requests.ts';
import { eachTask, rule, type StepFinding, worse } from './step-finding.ts';
import { shows, unitNamed } from './units.ts';
import { isAsked, isCancelled } from './users.ts';
import { ofAnswer, ofRef, ofTask } from './wording.ts';

const SECRET_MINUTES = minutesOf('ended_secret_s');

/** How the first decision is repeated while the execution runs. */
const REPEATED: Readonly<Record<MarkDecision, Outcome | null>> = {
	none: null,
	granted: 'already_granted',
	withdrawn: 'ignored_aborted',
	refused_budget: 'refused_budget',
	refused_quota: 'refused_quota',
	refused_cap: 'refused_cap',
	refused_merge_queue: 'refused_merge_queue',
};

function isRepeated(route: Route, task: TaskObservation, execution: number): boolean {
	if (execution < task.execution || isFinished(task)) return true;
	if (route === 'mark') return task.mark !== 'none';
	return route === 'start' && task.status === 'started';
}

/** When an execution of a task ended; null: it has not. */
const endedAt = (task: TaskObservation, execution: number): number | null =>
	(execution === task.execution ? task : archived(task, execution))?.ended_minute ?? null;

/** What is wrong with the answer to a repeated request, or null. */
function wrongAnswer(
	{ after }: Moment,
	route: Route,
	task: TaskObservation,
	execution: number,
): string | null {
	const { answer } = after;
	const refused = answer !== null && answer.status >= 400 && answer.status < 500;
	if (execution === task.execution && isInProgress(task)) {
		const expected = route === 'mark' ? REPEATED[task.mark] : null;
		if (expected === null || answer?.outcome === expected) return null;
		return `the first decision stands (${expected})`;
	}
	if (route === 'mark') return refused ? null : 'its execution had ended, which is a 4xx';
	if (route !== 'end') return null;
	const ended = endedAt(task, execution);
	if (ended === null) return null;
	if (after.minute - ended > SECRET_MINUTES)
		return answer?.status === 401 ? null : 'the secret is void an hour after the end, which is 401';
	return answer?.status === 200 && answer.outcome === 'already_ended'
		? null
		: 'its execution had ended before, which is 200 already_ended';
}

function judge(
	moment: Moment,
	route: Route,
	task: TaskObservation,
	execution: number,
): StepFinding {
	if (!isRepeated(route, task, execution)) return false;
	const { before, event, after } = moment;
	const what = `A ${route} for execution ${execution} of "${task.id}" came again or too late`;
	if (!same(before.tasks, after.tasks) || !sameSlots(before, after))
		return `${what} and should change nothing, but it did.`;
	if (event.kind === 'server-crashes') return true;
	const wrong = wrongAnswer(moment, route, task, execution);
	return wrong === null || `${what}: ${wrong}, but the answer was ${ofAnswer(after.answer)}.`;
}

/** A decision on the mark of an execution changes no more, but for a grant that an abort withdraws. */
function judgeStanding(_moment: Moment, was: TaskObservation, is: TaskObservation): StepFinding {
	if (is.execution !== was.execution || is.mark === was.mark) return false;
	const isWithdrawn = is.mark === 'withdrawn';
	if (was.mark === 'none' && !isWithdrawn) return false;
	if (was.mark === 'granted' && isWithdrawn && is.aborted) return false;
	return `The mark of ${ofTask(was)} was ${was.mark}, which has to stand, but now it is ${is.mark}.`;
}

/** The first decision can stand only if it is kept: what was answered is what the task shows. */
function judgeFirst(moment: Moment): StepFinding {
	const { event, after } = moment;
	const task = firstMark(moment);
	const { answer } = after;
	if (task === null || answer === null || event.kind === 'server-crashes') return false;
	const now = after.tasks[indexOfTask(after, task.id)];
	if (answer.outcome === (task.aborted ? 'ignored_aborted' : now?.mark)) return true;
	return `The first mark of ${ofTask(task)} was answered ${ofAnswer(answer)}, which has to stand, but its mark is ${now?.mark}.`;
}

/** Whether what a user aborts is aborted already: the task, or all of a display task that runs. */
function isAborted({ setup, before }: Moment, id: string): boolean {
	const task = before.tasks[indexOfTask(before, id)];
	if (task !== undefined) return task.aborted;
	const members = before.tasks.filter((member) => shows(setup, id, member.id));
	if (members.some(({ restart_pending }) => restart_pending)) return false;
	const running = members.filter(isInProgress);
	return running.length > 0 && running.every(({ aborted }) => aborted);
}

/** A host asks again, which is down for an execution already: it is given that one or nothing, and no other is dispatched. */
function judgeNext({ before, after }: Moment, id: string): StepFinding {
	const was = before.hosts[indexOfHost(before, id)];
	if (was === undefined || was.assigned === null) return false;
	if (same(before.tasks, after.tasks)) return true;
	return `Host "${id}" has ${ofRef(was.assigned)} already and asked again, which should change nothing, but it did.`;
}

function find(moment: Moment): StepFinding {
	const { before, event, after } = moment;
	if (event.kind === 'user-aborts') {
		const unit = unitNamed(moment.setup, before, event.task);
		if (isAsked(before, unit) && isCancelled(moment, unit)) return false;
		if (!isAborted(moment, event.task)) return false;
		if (same(before.tasks, after.tasks) && sameSlots(before, after)) return true;
		return `"${event.task}" was aborted again, which should change nothing, but it did.`;
	}
	if (event.kind === 'request-forged') {
		if (event.credentials !== 'previous-execution' || isGone(before, event.host)) return false;
		const task = before.tasks[indexOfTask(before, event.task)];
		const execution = task?.history.at(-1)?.execution;
		if (task === undefined || execution === undefined) return false;
		return judge(moment, event.route, task, execution);
	}
	const request = requestHandled(moment);
	if (request?.route === 'next') return judgeNext(moment, request.host);
	if (request === null || request.execution === null) return false;
	const task = before.tasks[indexOfTask(before, request.task)];
	return task !== undefined && judge(moment, request.route, task, request.execution);
}

/** What is repeated at a moment at which this promise was put to the test; null: something else. */
function repeated(moment: Moment): Route | 'abort' | null {
	const { event } = moment;
	if (event.kind === 'user-aborts') return 'abort';
	if (event.kind === 'request-forged') return event.route;
	return requestHandled(moment)?.route ?? null;
}

/** The secret that is shown at this moment is of an execution that ended too long ago. */
function isVoid(moment: Moment): boolean {
	const { before, event } = moment;
	const { task: id, execution } =
		event.kind === 'request-forged'
			? { task: event.task, execution: null }
			: (requestHandled(moment) ?? { task: null, execution: null });
	const task = before.tasks[indexOfTask(before, id)];
	if (task === undefined) return false;
	const ended = endedAt(task, execution ?? task.execution - 1);
	return ended !== null && before.minute - ended > SECRET_MINUTES;
}

/** S10. */
export const idempotent: Guarantee<null> = {
	id: 'S10',
	name: 'idempotent',
	kind: 'safety',
	statement:
		'Repeating a request changes nothing. While an execution runs, the first decision on its mark stands; after its end a mark gets a 4xx, and an end gets 200 without effect for one hour, and 401 later.',
	witness: [
		{
			name: 'mark',
			sentence: 'A mark came again, or came after the end.',
			at: (moment) => repeated(moment) === 'mark' && firstMark(moment) === null,
		},
		{
			name: 'first-mark',
			sentence: 'The first mark of an execution was decided.',
			at: (moment) => firstMark(moment) !== null,
		},
		{
			name: 'start',
			sentence: 'A start came again, or came after the end.',
			at: (moment) => repeated(moment) === 'start',
		},
		{
			name: 'end',
			sentence: 'An end came again, or came after the end.',
			at: (moment) => repeated(moment) === 'end' && !isVoid(moment),
		},
		{
			name: 'void-end',
			sentence: 'An end came again more than an hour after the end.',
			at: (moment) => repeated(moment) === 'end' && isVoid(moment),
		},
		{
			name: 'heartbeat',
			sentence: 'A heartbeat came after the end.',
			at: (moment) => repeated(moment) === 'heartbeat',
		},
		{
			name: 'abort',
			sentence: 'An abort came again.',
			at: (moment) => repeated(moment) === 'abort',
		},
		{
			name: 'next',
			sentence: 'A host asked again that had an execution already.',
			at: (moment) => repeated(moment) === 'next',
		},
	],
	fairness: null,
	begin: () => null,
	step(memory, moment) {
		const standing = eachTask(moment, judgeStanding);
		return rule(memory, memory, worse(standing, worse(judgeFirst(moment), find(moment))));
	},
};
