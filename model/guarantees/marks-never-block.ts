import { isRefusal, type Outcome } from '../vocabulary/message.ts';
import type { HostObservation, Observation } from '../vocabulary/observation.ts';
import { plural } from '../vocabulary/plural.ts';
import { same } from '../vocabulary/same.ts';
import { minutesOf } from '../vocabulary/setup.ts';
import { begins, holdsOn, isCalling, replyReaching } from './agents.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { requestHandled } from './requests.ts';
import { eachConcerned, keeping, rule, type StepFinding, worse } from './step-finding.ts';
import { ofAnswer, ofRef } from './wording.ts';

/** By host: the agent received an answer to a mark of the execution that it holds. Null: none did. */
type Answered = readonly (boolean | null)[] | null;

const ANSWERS: ReadonlySet<Outcome> = new Set([
	'granted',
	'already_granted',
	'ignored_aborted',
	'refused_budget',
	'refused_quota',
	'refused_cap',
	'refused_merge_queue',
	'refused_not_running',
	'refused_credentials',
]);

function judgeAnswer(moment: Moment): StepFinding {
	const { event, after } = moment;
	const asked =
		event.kind === 'request-forged'
			? event.route === 'mark'
			: event.kind === 'message-delivered' && requestHandled(moment)?.route === 'mark';
	if (!asked) return false;
	const { answer } = after;
	if (answer === null || !ANSWERS.has(answer.outcome))
		return `A mark should be answered with an outcome that a program can read, but the answer was ${ofAnswer(answer)}.`;
	const is4xx = answer.status >= 400 && answer.status < 500;
	if (isRefusal(answer.outcome) ? !is4xx : answer.status !== 200)
		return `A mark should be answered 200, or 4xx if it is refused, but the answer was ${ofAnswer(answer)}.`;
	return true;
}

/** Whether the mark that the agent waits for is asked for another command than before, and so was not waited for yet. */
function marksAnew(was: HostObservation, is: HostObservation): boolean {
	if (is.doing.kind !== 'calling' || is.doing.for === undefined || is.doing.sent > 1) return false;
	return was.doing.kind !== 'calling' || !same(was.doing.for, is.doing.for);
}

/** Whether an agent that waits for the answer to its mark need not wait longer: answered, given up, cancelled or fenced. */
function mayGoOn(moment: Moment, was: HostObservation): boolean {
	const { setup, before, event, after } = moment;
	if (after.minute > before.minute || was.doing.kind !== 'calling') return true;
	if (event.kind === 'call-abandoned') return event.host === was.id;
	if (event.kind === 'call-retried')
		return event.host === was.id && was.doing.sent >= setup.policy.call_attempts;
	if (replyReaching(moment, 'mark')?.host === was.id) return true;
	const beat = replyReaching(moment, 'heartbeat');
	if (beat?.host !== was.id || beat.status === null) return false;
	return beat.status >= 400 || was.doing.for !== undefined;
}

/** Whether the agent sent a mark at this moment, in which no time passed, and waits for no answer to it. */
function gaveUpAtOnce({ before, after }: Moment, { id }: HostObservation): boolean {
	if (after.minute > before.minute || after.messages.length === 0) return false;
	return leftMarks(after, id) > leftMarks(before, id);
}

/** How many marks of a host are in flight that nobody waits for. */
function leftMarks({ messages }: Observation, id: string): number {
	let count = 0;
	for (const { host, route, leg, awaited } of messages)
		if (route === 'mark' && leg === 'request' && host === id && !awaited) count++;
	return count;
}

function judgeHost(
	moment: Moment,
	was: HostObservation,
	is: HostObservation,
	answered: boolean,
): StepFinding {
	const who = `The agent on host "${is.id}"`;
	if (isCalling(was, 'start') && isCalling(is, 'start') && holdsOn(was, is)) {
		const refusal = replyReaching(moment, 'start');
		if (refusal?.host === is.id && (refusal.status ?? 0) >= 400)
			return `${who} was answered ${refusal.status} ${refusal.outcome} to its start of ${ofRef(is.execution)}, but goes on calling.`;
	}
	const beat = replyReaching(moment, 'heartbeat');
	if (
		beat?.host === is.id &&
		(beat.status ?? 0) >= 400 &&
		is.execution !== null &&
		holdsOn(was, is)
	)
		return `${who} was answered ${beat.status} ${beat.outcome} to its heartbeat of ${ofRef(is.execution)}, but holds on to it and will send more.`;
	if (!isCalling(is, 'mark')) {
		if (is.agent !== 'alive') return false;
		if (!isCalling(was, 'mark'))
			return gaveUpAtOnce(moment, is)
				? `${who} sent a mark of ${ofRef(was.execution)} and gave it up at once, before ${plural(minutesOf('mark_deadline_s'), 'minute')} had passed.`
				: isRefused(moment, was);
		return (
			mayGoOn(moment, was) ||
			`${who} gave up its mark of ${ofRef(was.execution)} before it was answered or might be given up.`
		);
	}
	if (moment.after.minute > moment.before.minute && !marksAnew(was, is))
		return `${who} still waits for the answer to its mark of ${ofRef(is.execution)} after ${plural(moment.after.minute - moment.before.minute, 'minute')}, of ${minutesOf('mark_deadline_s')}.`;
	if (answered && holdsOn(was, is) && begins(was, is, 'mark'))
		return `${who} marks ${ofRef(is.execution)} again, though it was answered before.`;
	if (moment.event.kind === 'call-abandoned' && moment.event.host === is.id && !marksAnew(was, is))
		return `${who} still waits for the answer to its mark of ${ofRef(is.execution)}, but it had given up.`;
	const { call_attempts } = moment.setup.policy;
	if (is.doing.kind === 'calling' && is.doing.sent > call_attempts)
		return `${who} sent its mark of ${ofRef(is.execution)} ${plural(is.doing.sent, 'time')}, but may send it ${plural(call_attempts, 'time')} at the most.`;
	const reply = isCalling(was, 'mark') ? replyReaching(moment, 'mark') : null;
	if (reply?.host === is.id)
		return `${who} was answered ${reply.status} ${reply.outcome} to its mark of ${ofRef(is.execution)}, but does not go on.`;
	return begins(was, is, 'mark');
}

/** A call of the agent other than a mark is answered with a 4xx. */
function isRefused(moment: Moment, was: HostObservation): boolean {
	const reply = replyReaching(moment, 'start') ?? replyReaching(moment, 'heartbeat');
	return reply?.host === was.id && (reply.status ?? 0) >= 400;
}

function remember(answered: Answered, moment: Moment): Answered {
	const { before, after } = moment;
	const reply = replyReaching(moment, 'mark');
	const known =
		reply === null
			? answered
			: after.hosts.map(({ id }, index) => answered?.[index] === true || reply.host === id || null);
	if (known === null) return null;
	return keeping(known, (_, index) => {
		const was = before.hosts[index];
		const is = after.hosts[index];
		return was !== undefined && is !== undefined && holdsOn(was, is);
	});
}

/** S14. */
export const marksNeverBlock: Guarantee<Answered> = {
	id: 'S14',
	name: 'marks-never-block',
	kind: 'safety',
	statement:
		'A mark is answered with an outcome that a program can read, refusals with a 4xx. An agent that got an answer never marks that execution again, and no mark holds it up for more than M.',
	witness: [
		{
			name: 'answered',
			sentence: 'A mark was answered.',
			at: (moment) => judgeAnswer(moment) === true,
		},
		{
			name: 'waited',
			sentence: 'An agent waited for the answer to its mark and went on.',
			at: ({ before, after }) =>
				before.hosts.some((was, place) => {
					const is = after.hosts[place];
					return is !== undefined && isCalling(was, 'mark') && !isCalling(is, 'mark');
				}),
		},
		{
			name: 'sent',
			sentence: 'An agent began to wait for the answer to a mark.',
			at: ({ before, after }) =>
				before.hosts.some((was, place) => {
					const is = after.hosts[place];
					return is !== undefined && begins(was, is, 'mark');
				}),
		},
		{
			name: 'refused',
			sentence: 'A start or a heartbeat was refused.',
			at: (moment) => moment.before.hosts.some((was) => isRefused(moment, was)),
		},
	],
	fairness: null,
	begin: () => null,
	step(answered, moment) {
		const called = eachConcerned(moment, (_, was, is, index) =>
			judgeHost(moment, was, is, answered?.[index] === true),
		);
		return rule(answered, remember(answered, moment), worse(judgeAnswer(moment), called));
	},
};
