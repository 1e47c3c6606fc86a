import type { TaskObservation } from '../vocabulary/observation.ts';
import { plural } from '../vocabulary/plural.ts';
import { archived, endingOf, isFinished, isInProgress } from './executions.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { monitorActs } from './overlap.ts';
import { type Silent, STALE_MINUTES, silentAfter, silentFor } from './silence.ts';
import { someTask } from './situation.ts';
import { rule, type StepFinding } from './step-finding.ts';
import { ofTask } from './wording.ts';

/** How the monitor ends an execution: for want of a heartbeat, or as one that was aborted. */
function judgeDetails(was: TaskObservation, is: TaskObservation): string | null {
	const details = endingOf(was, is);
	const aborted =
		is.execution === was.execution ? is.aborted : archived(is, was.execution)?.aborted === true;
	const type = aborted ? null : 'system';
	if (details?.status === 'failed' && details.type === type) return null;
	const due = aborted ? 'as an aborted one' : 'as a system failure';
	return `The monitor should end ${ofTask(was)} ${due}, but it ended as ${details?.status} with type ${details?.type}.`;
}

/** An execution is over, archived at once or not; one that never was in progress has no end of its own. */
const isOver = (was: TaskObservation, is: TaskObservation): boolean =>
	is.execution === was.execution ? isFinished(is) : !isFinished(was);

/** The monitor ends what has been silent, and lets be what has not. */
function judge(silent: Silent, moment: Moment): StepFinding {
	const { before, after } = moment;
	if (!monitorActs(moment)) return false;
	let found = false;
	let place = -1;
	for (const is of after.tasks) {
		const was = before.tasks[++place];
		if (was === undefined) continue;
		if (isInProgress(was)) found = true;
		if (isFinished(was) || !isOver(was, is)) continue;
		if (!isInProgress(was)) return `The monitor ended ${ofTask(was)}, which was not in progress.`;
		const minutes = silentFor(silent, moment, place);
		if (minutes < STALE_MINUTES)
			return `The monitor ended ${ofTask(was)}, but a heartbeat of this very execution, its start or its dispatch was only ${plural(minutes, 'minute')} old, of ${STALE_MINUTES}.`;
		const wrong = judgeDetails(was, is);
		if (wrong !== null) return wrong;
	}
	return found;
}

/** S20. */
export const justifiedEnd: Guarantee<Silent> = {
	id: 'S20',
	name: 'justified-end',
	kind: 'safety',
	statement:
		'The monitor ends an execution only if that very execution is in progress and was silent for too long: its own last accepted heartbeat or start, or its dispatch if there was neither. It ends as a system failure, or as aborted if it was, and never in success. Nothing from before the execution is held against it.',
	witness: [
		{
			name: 'silent',
			sentence: 'The monitor ran while an execution was in progress that was silent.',
			at: someTask((was, is) => endingOf(was, is) !== null),
		},
		{
			name: 'aborted',
			sentence: 'The monitor ran while an aborted execution was in progress that was silent.',
			at: someTask((was, is) => was.aborted && endingOf(was, is) !== null),
		},
		{
			name: 'later',
			sentence: 'The monitor ran while an execution was in progress that had one before it.',
			at: someTask((was, is) => was.execution > 0 && isInProgress(was) && isInProgress(is)),
		},
		{
			name: 'not-silent',
			sentence: 'The monitor ran while an execution was in progress that was not silent.',
			at: someTask((was, is) => isInProgress(was) && isInProgress(is)),
		},
	],
	fairness: null,
	begin: () => null,
	step: (silent, moment) =>
		rule(silent, silentAfter(silent, moment, 'at most'), judge(silent, moment)),
};
