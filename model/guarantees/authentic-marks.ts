import type { Event } from '../vocabulary/events/event.ts';
import type { Answer, Observation, TaskObservation } from '../vocabulary/observation.ts';
import { same } from '../vocabulary/same.ts';
import { sameSlots } from '../vocabulary/versions.ts';
import { indexOfHost } from './agents.ts';
import { isInProgress } from './executions.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { decisionOn, indexOfTask, requestArriving, requestHandled } from './requests.ts';
import { scriptAsks } from './scripts.ts';
import { witnessed } from './situation.ts';
import { eachTask, rule, type StepFinding, worse } from './step-finding.ts';
import { ofAnswer, ofTask } from './wording.ts';

type Forged = Extract<Event, { kind: 'request-forged' }>;

/** What a forged request changed, or null. */
function changed(before: Observation, after: Observation): string | null {
	if (!same(before.tasks, after.tasks)) return 'a task';
	if (!same(before.hosts, after.hosts)) return 'a host';
	if (!same(before.messages, after.messages)) return 'a message';
	if (!sameSlots(before, after)) return 'the quota';
	if (before.server !== after.server || before.minute !== after.minute) return 'the app server';
	return null;
}

function judgeForged(moment: Moment, event: Forged): StepFinding {
	const request = `A forged ${event.route} for "${event.task}" from host "${event.host}" (${event.credentials})`;
	const { answer } = moment.after;
	// The end of an execution that this secret did end is no attack (S10 says for how long).
	const repeated = event.route === 'end' && event.credentials === 'previous-execution';
	const isKnown = repeated && answer?.outcome === 'already_ended' && answer.status === 200;
	return judgeRefused(moment, request, isKnown || is4xx(answer));
}

const is4xx = (answer: Answer | null): boolean =>
	answer !== null && answer.status >= 400 && answer.status <= 499;

function judgeRefused({ before, after }: Moment, request: string, isRefused: boolean): StepFinding {
	const victim = changed(before, after);
	if (victim !== null) return `${request} should change nothing, but it changed ${victim}.`;
	return (
		isRefused ||
		`${request} should be refused with a 4xx, but the answer was ${ofAnswer(after.answer)}.`
	);
}

/** A request of a host that was taken away, and whose secret is none any more. */
function judgeGone(moment: Moment): StepFinding {
	const { before, event, after } = moment;
	const request = requestArriving(moment);
	if (request === null || requestHandled(moment) !== null) return false;
	const said = `The ${request.route} of host "${request.host}", which was taken away before,`;
	// That it is in flight no more is the event itself.
	const seen = { ...moment, after: { ...after, messages: before.messages } };
	if (event.kind === 'message-delivered') return judgeRefused(seen, said, is4xx(after.answer));
	return judgeRefused({ ...seen, after: { ...seen.after, server: before.server } }, said, true);
}

/** By task, the execution for which some process on its host posted last that it be restarted; -1: none. Null: none at all. */
type Posted = readonly number[] | null;

/** Whose request it is that an end will carry: that of a command that failed, or of any process on the host. */
function postedAfter(posted: Posted, moment: Moment): Posted {
	const { before, event } = moment;
	const isRequest = event.kind === 'status-posted' && event.posted.retryable === true;
	if (!isRequest && (posted === null || event.kind !== 'command-ends')) return posted;
	const host = indexOfHost(before, event.host);
	const ref = before.hosts[host]?.execution ?? null;
	if (ref === null || (!isRequest && scriptAsks(moment, host) === null)) return posted;
	const task = indexOfTask(before, ref.task);
	const now = isRequest ? ref.execution : -1;
	if (now === (posted?.[task] ?? -1)) return posted;
	return before.tasks.map((_, place) => (place === task ? now : (posted?.[place] ?? -1)));
}

/** A mark is decided upon only at a request of the live execution, from its host, while it is in progress. */
function judgeDecision(
	posted: Posted,
	moment: Moment,
	was: TaskObservation,
	is: TaskObservation,
): StepFinding {
	const decision = decisionOn(moment, was, is);
	if (was.mark === decision || decision === 'none' || decision === 'withdrawn') return false;
	if (!isInProgress(was))
		return `${ofTask(was)} was ${was.status}, so it cannot be marked, but its mark became ${decision}.`;
	const { event } = moment;
	if (event.kind === 'request-forged')
		return event.task === was.id
			? false
			: `The mark of ${ofTask(was)} became ${decision} at a forged request.`;
	const request = requestHandled(moment);
	if (
		request?.task === was.id &&
		request.execution === was.execution &&
		request.host === was.host &&
		(request.route === 'mark' || request.details?.retryable === true)
	)
		return (
			request.route === 'end' &&
			posted?.[indexOfTask(moment.before, was.id)] === was.execution &&
			`The mark of ${ofTask(was)} became ${decision}, but nobody had asked for it except some process on host "${was.host}", which showed no secret.`
		);
	return `The mark of ${ofTask(was)} became ${decision}, but no mark with the secrets of it and its host had arrived.`;
}

/** S8. */
export const authenticMarks: Guarantee<Posted> = {
	id: 'S8',
	name: 'authentic-marks',
	kind: 'safety',
	statement:
		'Only a request with the secrets of an execution and of the host that runs it, while it is dispatched or started, can mark it. Any other request changes nothing and is refused with a 4xx.',
	witness: witnessed(
		'A request arrived without the right secrets, or from a host that had been taken away.',
	),
	fairness: null,
	begin: () => null,
	step(posted, moment) {
		const memory = postedAfter(posted, moment);
		const { event } = moment;
		if (event.kind === 'request-forged' && event.credentials !== 'right')
			return rule(posted, memory, judgeForged(moment, event));
		const decision = eachTask(moment, (at, was, is) => judgeDecision(posted, at, was, is));
		return rule(posted, memory, worse(judgeGone(moment), decision));
	},
};
