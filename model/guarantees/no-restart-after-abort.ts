import type { Event } from '../vocabulary/events/event.ts';
import type { TaskObservation } from '../vocabulary/observation.ts';
import { same } from '../vocabulary/same.ts';
import { sameSlots } from '../vocabulary/versions.ts';
import { archived, endingOf, isInProgress } from './executions.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { type OnList, restartedFrom, standing } from './lists.ts';
import { firstMark, indexOfTask } from './requests.ts';
import { restartedBy, someTask } from './situation.ts';
import { eachTask, rule, type StepFinding, worse } from './step-finding.ts';
import { hasList, isRestarted, unitOfTask } from './units.ts';
import { isAbort, isAborting, isUsersRestart } from './users.ts';
import { ofAnswer, ofTask } from './wording.ts';

/** `on`: the lists when all has happened but the restarts. */
function judge(on: OnList, moment: Moment, was: TaskObservation, is: TaskObservation): StepFinding {
	const place = indexOfTask(moment.after, is.id);
	if (is.execution !== was.execution) {
		if (isUsersRestart(moment, was)) return false;
		const aborted = was.aborted || archived(is, was.execution)?.aborted === true;
		// One that was aborted may run again with the others, for another's sake.
		const unit = unitOfTask(moment.setup, place);
		const isDue =
			is.started_by.by === 'system'
				? unit.length > 1 || !aborted
				: unit.some((member) => on?.includes(member) === true);
		if (isDue) return aborted || is.started_by.by === 'system';
		return aborted
			? `${ofTask(was)} was aborted, but it was restarted automatically.`
			: `${ofTask(was)} was restarted automatically, but no granted mark stood: it has to be granted, and neither aborted nor called off since.`;
	}
	if (was.aborted && !is.aborted)
		return `${ofTask(is)} was aborted, but now it says that it was not.`;
	if (is.restart_pending && !was.restart_pending && was.mark === 'granted')
		return `The mark of ${ofTask(is)} stood no more, but the restart for its sake is pending again.`;
	if (!is.aborted) return isUnlisted(was, is, moment);
	if (is.restart_pending)
		return `${ofTask(is)} was aborted, but its automatic restart is still pending.`;
	if (is.mark === 'granted' && isInProgress(is))
		return `${ofTask(is)} was aborted, but its mark still counts as granted.`;
	return isInProgress(was) && !isInProgress(is);
}

/** An execution ends, and nothing that restarts together with it is on the list. */
const isUnlisted = (was: TaskObservation, is: TaskObservation, moment: Moment): boolean =>
	!isRestarted(was, is) &&
	endingOf(was, is) !== null &&
	!hasList(moment.after, unitOfTask(moment.setup, indexOfTask(moment.after, is.id)));

/** How a task is concerned by an abort: itself, or as a part of something. */
function ownOf(event: Event, { id }: TaskObservation): string {
	if (event.kind === 'user-aborts') return event.task === id ? '' : 'display task of ';
	return event.kind === 'user-aborts-version' ? 'version of ' : '';
}

/** An abort reaches what it names, and its marks stand no more: those that look as before are asked too. */
function judgeAbort(moment: Moment): StepFinding {
	const { before, event, after } = moment;
	if (!isAbort(event)) return false;
	let found = false;
	let place = -1;
	for (const is of after.tasks) {
		const was = before.tasks[++place];
		if (was === undefined || !isAborting(moment, was)) continue;
		if (is.restart_pending)
			return ownOf(event, was) === ''
				? `${ofTask(is)} was aborted, but its automatic restart is still pending.`
				: `The ${ownOf(event, was)}${ofTask(is)} was aborted, but the restart for its sake is still pending.`;
		if (isInProgress(was) && !is.aborted)
			return `A user aborted ${ownOf(event, was) === '' ? '' : `the ${ownOf(event, was)}`}${ofTask(was)}, which was ${was.status}, but it was not aborted.`;
		if (was.restart_pending || isInProgress(was)) found = true;
	}
	return found;
}

/** A mark that arrives after an abort is answered 200 and changes nothing. */
function judgeLateMark(moment: Moment): StepFinding {
	const marked = firstMark(moment);
	if (marked === null || !marked.aborted) return false;
	const { before, after, event } = moment;
	const now = after.tasks[indexOfTask(after, marked.id)];
	if (!same(marked, now) || !sameSlots(before, after))
		return `A mark of ${ofTask(marked)} arrived after its abort and should change nothing, but it did.`;
	if (event.kind !== 'server-crashes' && after.answer?.status !== 200)
		return `A mark of ${ofTask(marked)} arrived after its abort and should be answered 200, but the answer was ${ofAnswer(after.answer)}.`;
	return true;
}

/** S3. Who is on the list is counted by the judge itself: a system may show another one than it restarts by. */
export const noRestartAfterAbort: Guarantee<OnList> = {
	id: 'S3',
	name: 'no-restart-after-abort',
	kind: 'safety',
	statement:
		'An aborted execution is never a cause of an automatic restart: an abort withdraws a granted mark, and a mark that comes later is answered 200 and changes nothing. What restarts together restarts only if the mark of a member stands that was neither aborted nor called off.',
	witness: [
		{
			name: 'ended',
			sentence: 'An aborted execution ended.',
			at: someTask((was, is) => was.aborted && isInProgress(was) && !isInProgress(is)),
		},
		{
			name: 'not-listed',
			sentence:
				'An execution ended, and no mark stood of it or of anything that restarts together with it.',
			at: someTask(isUnlisted),
		},
		{
			name: 'aborted',
			sentence: 'A user aborted an execution in progress.',
			at: someTask((was, _, moment) => isInProgress(was) && isAborting(moment, was)),
		},
		{
			name: 'withdrawn',
			sentence: 'An execution whose mark had been granted was aborted.',
			at: someTask((was, _, moment) => was.restart_pending && isAborting(moment, was)),
		},
		{
			name: 'late-mark',
			sentence: 'A mark arrived after an abort.',
			at: (moment) => firstMark(moment)?.aborted === true,
		},
		{
			name: 'repaired',
			sentence: 'What had been lost was restarted, for no mark.',
			at: restartedBy('system'),
		},
	],
	fairness: null,
	begin: () => null,
	step(list, moment) {
		const on = standing(list, moment);
		const finding = eachTask(moment, (_, was, is) => judge(on, moment, was, is));
		return rule(
			list,
			restartedFrom(on, moment),
			worse(finding, worse(judgeAbort(moment), judgeLateMark(moment))),
		);
	},
};
