import type { TaskObservation } from '../vocabulary/observation.ts';
import { runsNow } from './agents.ts';
import { endingOf, isFinished, isInProgress } from './executions.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { monitorActs } from './overlap.ts';
import { type Silent, STALE_MINUTES, silentAfter } from './silence.ts';
import { someTask } from './situation.ts';
import { eachTask, rule, type StepFinding, worse } from './step-finding.ts';
import { ofTask } from './wording.ts';

function judge(_moment: Moment, was: TaskObservation, is: TaskObservation): StepFinding {
	if (is.execution !== was.execution) return endingOf(was, is) !== null;
	if (!isInProgress(was)) return isInProgress(is);
	if (is.status === 'undispatched')
		return `${ofTask(is)} was ${was.status}, but it is undispatched again without having ended.`;
	return isFinished(is);
}

/** What has been silent for *G* is ended by the monitor when it runs, and it runs every minute: also what looks as before. */
function judgeMonitor(now: Silent, moment: Moment): StepFinding {
	// A server that died meanwhile looks again when it is back.
	const { kind } = moment.event;
	const looked = kind === 'monitor-runs' || kind === 'minutes-pass';
	if (now === null || !looked || moment.after.server === 'down') return false;
	const is = moment.after.tasks[now.findIndex((minutes) => (minutes ?? 0) >= STALE_MINUTES)];
	return (
		is !== undefined &&
		`No heartbeat of ${ofTask(is)} was accepted for ${STALE_MINUTES} minutes or more, but the monitor ${kind === 'monitor-runs' ? 'ran and ' : ''}did not end it: it is still ${is.status}.`
	);
}

/** L2. */
export const everyExecutionEnds: Guarantee<Silent> = {
	id: 'L2',
	name: 'every-execution-ends',
	kind: 'liveness',
	statement:
		'An execution that was dispatched reaches success or failed, whatever becomes of its agent.',
	witness: [
		{
			name: 'dispatched',
			sentence: 'An execution was dispatched.',
			at: someTask((was, is) => !isInProgress(was) && isInProgress(is)),
		},
		{
			name: 'lost',
			sentence: 'An execution was ended without its agent.',
			at: (moment) =>
				monitorActs(moment) && someTask((was, is) => endingOf(was, is) !== null)(moment),
		},
	],
	fairness:
		'Messages sent again and again are delivered at last, a crashed app server comes back, commands end, and the monitor runs again and again as time passes.',
	begin: () => null,
	step(silent, moment) {
		const now = silentAfter(silent, moment, 'at least');
		return rule(silent, now, worse(eachTask(moment, judge), judgeMonitor(now, moment)));
	},
	owed(_memory, _setup, seen) {
		for (const task of seen.tasks)
			if (isInProgress(task) && !runsNow(seen, task))
				return `${ofTask(task)} was dispatched to host "${task.host}", but it never ended: it is still ${task.status}.`;
		return null;
	},
};
