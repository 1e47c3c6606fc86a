import type { TaskObservation } from '../vocabulary/observation.ts';
import { endingOf } from './executions.ts';
import { failureAt } from './failures.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { isMergeQueue, markCaller } from './marks.ts';
import { firstMark, forwardedMark, indexOfTask } from './requests.ts';
import { someTask } from './situation.ts';
import { eachTask, rule, type StepFinding, worse } from './step-finding.ts';
import { policyOfUnit, unitOfTask } from './units.ts';
import { ofRef, ofTask } from './wording.ts';

/** An execution ends that failed, for whatever reason: a system that restarts it need not have been asked. */
const hasFailed = (was: TaskObservation, is: TaskObservation): boolean =>
	endingOf(was, is)?.status === 'failed';

function judge(_moment: Moment, was: TaskObservation, is: TaskObservation): StepFinding {
	if (is.mark === 'granted' || is.mark === 'withdrawn' || is.restart_pending)
		return `${ofTask(is)} belongs to the merge queue, but its mark was granted.`;
	if (is.repair_pending || is.started_by.by === 'mark' || is.started_by.by === 'system')
		return `${ofTask(is)} belongs to the merge queue, but it was started by an automatic restart.`;
	return hasFailed(was, is);
}

function judgeAgent(moment: Moment): StepFinding {
	const caller = markCaller(moment);
	if (caller === undefined) return false;
	return `The agent on host "${caller.id}" asked to restart ${ofRef(caller.execution)}, which belongs to the merge queue.`;
}

/** An execution 0 is lost that would be repaired if it were not of the merge queue. */
const isLost = (was: TaskObservation, is: TaskObservation, { setup, before }: Moment): boolean =>
	was !== is &&
	was.execution === 0 &&
	endingOf(was, is)?.description === 'heartbeat' &&
	policyOfUnit(setup, before, unitOfTask(setup, indexOfTask(before, was.id))).restart_system_failed;

const arrives = (moment: Moment): boolean =>
	firstMark(moment) !== null || forwardedMark(moment) !== null;

/** S6. */
export const mergeQueueExcluded: Guarantee<null> = {
	id: 'S6',
	name: 'merge-queue-excluded',
	kind: 'safety',
	statement:
		'A task of the merge queue is never restarted automatically: its agent does not ask for it, and the app server refuses whoever does.',
	witness: [
		{
			name: 'failed',
			sentence: 'In a merge-queue version a command with retry_on_failure failed its task.',
			at: (moment) => failureAt(null, moment)?.flagged === true,
		},
		{
			name: 'arrived',
			sentence: 'In a merge-queue version a mark arrived.',
			at: arrives,
		},
		{
			name: 'lost',
			sentence:
				'In a merge-queue version an execution was lost where the policy restarts what was lost.',
			at: someTask(isLost),
		},
		{
			name: 'ended',
			sentence: 'In a merge-queue version an execution ended that failed.',
			at: someTask(hasFailed),
		},
	],
	fairness: null,
	begin: () => null,
	step(memory, moment) {
		if (!isMergeQueue(moment.setup)) return null;
		const finding = worse(eachTask(moment, judge), judgeAgent(moment));
		if (finding !== false) return rule(memory, memory, finding);
		const tempted = failureAt(null, moment)?.flagged === true || arrives(moment);
		return rule(memory, memory, tempted || someTask(isLost)(moment));
	},
};
