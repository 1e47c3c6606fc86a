import type { TaskObservation } from '../vocabulary/observation.ts';
import { isWatched } from '../vocabulary/project.ts';
import { minutesOf } from '../vocabulary/setup.ts';
import { slotsSeen } from '../vocabulary/versions.ts';
import { indexOfHost } from './agents.ts';
import { isFinished, isInProgress } from './executions.ts';
import { groupsOf, isIn } from './group-starts-clean.ts';
import type { Moment } from './guarantee.ts';
import { granted } from './lists.ts';
import { markCaller, reasonToRefuse } from './marks.ts';
import { firstMark, forwardedMark, indexOfTask } from './requests.ts';
import { type Situation, someTask } from './situation.ts';
import {
	isPending,
	policyOfUnit,
	projectOfUnit,
	statusAtEnd,
	structureOf,
	unitOfTask,
} from './units.ts';

/** Situations in which two things meet that are rare by themselves: random stories hardly ever get there. */

/** The task whose mark arrives and is to be refused for this. */
function refusedFor(moment: Moment, reason: 'budget' | 'quota'): TaskObservation | null {
	const { setup, before } = moment;
	const marked = forwardedMark(moment) ?? firstMark(moment);
	return marked !== null && reasonToRefuse(setup, before, marked) === reason ? marked : null;
}

/** A command succeeds, and yet its agent asks for a restart: for what failed in the background. */
function isNoticed(moment: Moment): boolean {
	const { before, event } = moment;
	if (event.kind !== 'command-ends' || event.outcome !== 'succeeded') return false;
	const host = indexOfHost(before, event.host);
	const doing = before.hosts[host]?.doing;
	if (doing?.kind !== 'running' || !isWatched(doing.position.block)) return false;
	return markCaller(moment)?.id === event.host;
}

/** It is another member than the first that asks for more than all of them may have, and the budget alone speaks against it. */
function isSpentByAll(moment: Moment): boolean {
	const { setup, before } = moment;
	const marked = refusedFor(moment, 'budget');
	if (marked === null) return false;
	const place = indexOfTask(before, marked.id);
	const unit = unitOfTask(setup, place);
	const { daily_limit } = policyOfUnit(setup, before, unit);
	const isFree = daily_limit === 0 || slotsSeen(before, projectOfUnit(setup, unit)) < daily_limit;
	return unit[0] !== place && isFree;
}

/** Of the unit of this task, which is to restart, some member waits for a failure elsewhere that is itself to be restarted. */
function awaitsARestart({ setup, after }: Moment, place: number): boolean {
	const unit = unitOfTask(setup, place);
	return (
		unit.length > 1 &&
		isPending(after, unit) &&
		unit.some(
			(member) =>
				after.tasks[member]?.status === 'undispatched' &&
				structureOf(setup).dependencies[member]?.some(
					({ task }) =>
						!unit.includes(task) &&
						after.tasks[task]?.status === 'failed' &&
						isPending(after, unitOfTask(setup, task)),
				),
		)
	);
}

/** This host is still set up for the group of the task, and of that a member that ran here has begun anew elsewhere since. */
function hadTheGroupBefore({ setup, before, after }: Moment, id: string, host: string): boolean {
	const place = indexOfTask(after, id);
	const group = groupsOf(setup).find(({ members }) => members.includes(place));
	if (group === undefined || !isIn(before.hosts[indexOfHost(before, host)], group)) return false;
	return group.members.some((member) => {
		const ran = after.tasks[member];
		const elsewhere = ran?.host ?? host;
		return elsewhere !== host && ran?.history.at(-1)?.host === host;
	});
}

const DAY = minutesOf('window_s');

/** Somebody was restarted on the day before this one, and less than a day ago. */
const wasRestartedYesterday = ({ before: { tasks, minute } }: Moment): boolean =>
	tasks.some(({ history }) =>
		history.some(
			({ mark, ended_minute: ended }) =>
				mark === 'granted' && ended < minute - (minute % DAY) && ended > minute - DAY,
		),
	);

export const RARE: readonly Situation[] = [
	{
		name: 'success-after-grant',
		sentence: 'An execution whose mark had been granted ended in success.',
		guarantee: 'S2',
		half: 'success',
		reached: someTask(
			(was, is) => isInProgress(was) && was.restart_pending && statusAtEnd(was, is) === 'success',
		),
	},
	{
		name: 'background-noticed',
		sentence:
			'A command with retry_on_failure had failed in the background, and the one that its agent waited for succeeded.',
		guarantee: 'L1',
		half: 'failed',
		reached: isNoticed,
	},
	{
		name: 'later-execution-granted',
		sentence: 'A mark was granted of an execution that was not the first.',
		guarantee: 'L1',
		half: 'granted',
		reached: someTask((was, is, moment) => (granted(moment, was, is) ?? 0) > 0),
	},
	{
		name: 'budget-spent-by-all',
		sentence:
			'Another member than the first asked when the budget of all that restarts together was used up, and a slot was free.',
		guarantee: 'S1',
		half: 'budget',
		reached: isSpentByAll,
	},
	{
		name: 'waits-for-a-restart',
		sentence:
			'A member ended of what is to restart together, while another one waited for a failure elsewhere that was yet to be restarted.',
		guarantee: 'S5',
		half: 'waits',
		reached: someTask(
			(was, is, moment) =>
				isInProgress(was) &&
				isFinished(is) &&
				awaitsARestart(moment, indexOfTask(moment.after, is.id)),
		),
	},
	{
		name: 'none-free-since-yesterday',
		sentence:
			'A mark arrived when no slot was free, on the day after a restart and less than 24 hours after it.',
		guarantee: 'S7',
		half: 'none-free',
		reached: (moment) => refusedFor(moment, 'quota') !== null && wasRestartedYesterday(moment),
	},
	{
		name: 'never-ran-on-a-host-of-before',
		sentence:
			'A member of a single-host group that never ran was given to a host that was still set up for the group from before its restart, which another host took.',
		guarantee: 'S23',
		half: 'whole',
		reached: someTask(
			(was, { id, status, host, history }, moment) =>
				was.status === 'undispatched' &&
				status === 'dispatched' &&
				host !== null &&
				history.length === 0 &&
				hadTheGroupBefore(moment, id, host),
		),
	},
];
