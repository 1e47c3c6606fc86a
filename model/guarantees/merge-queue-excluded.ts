import type { TaskObservation } from '../vocabulary/observation.ts';
import { failureAt } from './failures.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { isMergeQueue, markBegins } from './marks.ts';
import { firstMark, forwardedMark } from './requests.ts';
import { eachTask, rule, type StepFinding, worse } from './step-finding.ts';
import { ofRef, ofTask } from './wording.ts';

function judge(_moment: Moment, _was: TaskObservation, is: TaskObservation): StepFinding {
	if (is.mark === 'granted' || is.mark === 'withdrawn' || is.restart_pending)
		return `${ofTask(is)} belongs to the merge queue, but its mark was granted.`;
	if (is.repair_pending || is.started_by.by === 'mark' || is.started_by.by === 'system')
		return `${ofTask(is)} belongs to the merge queue, but it was started by an automatic restart.`;
	return false;
}

function judgeAgent(moment: Moment): StepFinding {
	const caller = markBegins(moment);
	if (caller < 0) return false;
	const host = moment.after.hosts[caller];
	return `The agent on host "${host?.id}" asked to restart ${ofRef(host?.execution ?? null)}, which belongs to the merge queue.`;
}

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
			at: (moment) => !arrives(moment),
		},
		{
			name: 'arrived',
			sentence: 'In a merge-queue version a mark arrived.',
			at: arrives,
		},
	],
	fairness: null,
	begin: () => null,
	step(memory, moment) {
		if (!isMergeQueue(moment.setup)) return null;
		const finding = worse(eachTask(moment, judge), judgeAgent(moment));
		if (finding !== false) return rule(memory, memory, finding);
		const tempted = failureAt(null, moment)?.flagged === true || arrives(moment);
		return rule(memory, memory, tempted);
	},
};
