import type { Observation, StartedBy, TaskObservation } from '../vocabulary/observation.ts';
import { TIMING } from '../vocabulary/setup.ts';
import { archived, isUsersRestart } from './executions.ts';
import { eachTask, type Finding, rule } from './finding.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { same } from './same.ts';
import { ofTask } from './wording.ts';

const WINDOW_HOURS = TIMING.window_s / 3600;

const tell = (by: StartedBy): string =>
	by.by === 'mark' ? `the mark of execution ${by.execution} of "${by.task}"` : `the ${by.by}`;

function judge(moment: Moment, was: TaskObservation, is: TaskObservation): Finding {
	if (is.execution === was.execution) {
		if (was.started_by === is.started_by || same(was.started_by, is.started_by)) return false;
		return `${ofTask(is)} was started by ${tell(was.started_by)}, but now it says by ${tell(is.started_by)}.`;
	}
	const due: StartedBy = isUsersRestart(moment, was)
		? { by: 'user' }
		: { by: 'mark', task: was.id, execution: was.execution };
	if (!same(is.started_by, due))
		return `${ofTask(is)} was started by ${tell(due)}, but it says by ${tell(is.started_by)}.`;
	if (due.by === 'mark' && archived(is, due.execution)?.mark !== 'granted')
		return `${ofTask(is)} names ${tell(due)}, but the history does not say that it was granted.`;
	return true;
}

/** S7 from the history: how many slots are certainly in use, and how many can be at the most. */
function slotsByHistory(seen: Observation): { least: number; most: number } {
	let least = 0;
	let most = 0;
	const opens = (hour: number | null) => hour !== null && seen.hour - hour < WINDOW_HOURS;
	for (const task of seen.tasks) {
		task.history.forEach((entry, index) => {
			const next = task.history[index + 1]?.started_by ?? task.started_by;
			if (next.by !== 'mark' || entry.mark !== 'granted') return;
			// The grant fell between the dispatch and the end of the execution.
			if (opens(entry.dispatched_at)) least++;
			if (opens(entry.ended_at)) most++;
		});
		if (!task.restart_pending) continue;
		if (opens(task.dispatched_at)) least++;
		if (task.ended_at === null || opens(task.ended_at)) most++;
	}
	return { least, most };
}

/** S19. */
export const attributed: Guarantee<null> = {
	id: 'S19',
	name: 'attributed',
	kind: 'safety',
	statement:
		"Each execution records who started it: the schedule, a user, or the granted mark of the execution before it. The project's restarts can be counted from that history.",
	witness: 'A task was restarted.',
	fairness: null,
	begin: () => null,
	step(memory, moment) {
		const finding = eachTask(moment, judge);
		if (finding !== true) return rule(memory, memory, finding);
		const { least, most } = slotsByHistory(moment.after);
		const used = moment.after.quota_used;
		if (used >= least && used <= most) return rule(memory, memory, true);
		return rule(
			memory,
			memory,
			`By the history ${least === most ? least : `${least} to ${most}`} slots are in use at hour ${moment.after.hour}, but the app server counts ${used}.`,
		);
	},
};
