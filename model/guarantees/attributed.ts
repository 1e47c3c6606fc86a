import type { Observation, StartedBy, TaskObservation } from '../vocabulary/observation.ts';
import { same } from '../vocabulary/same.ts';
import { minutesOf, type Setup } from '../vocabulary/setup.ts';
import { slotsSeen, versionsOf } from '../vocabulary/versions.ts';
import { archived } from './executions.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { indexOfTask } from './requests.ts';
import { restartedBy } from './situation.ts';
import { eachTask, rule, type StepFinding } from './step-finding.ts';
import {
	causesAt,
	hasList,
	mayBeRepaired,
	membersOf,
	structureOf,
	type Unit,
	unitOfTask,
} from './units.ts';
import { isUsersRestart } from './users.ts';
import { ofTask } from './wording.ts';

const WINDOW_MINUTES = minutesOf('window_s');

const say = (by: StartedBy): string =>
	by.by === 'mark' ? `the mark of execution ${by.execution} of "${by.task}"` : `the ${by.by}`;

function judge(moment: Moment, was: TaskObservation, is: TaskObservation): StepFinding {
	if (is.execution === was.execution) {
		if (was.started_by === is.started_by || same(was.started_by, is.started_by)) return false;
		return `${ofTask(is)} was started by ${say(was.started_by)}, but now it says by ${say(is.started_by)}.`;
	}
	const said = is.started_by;
	if (isUsersRestart(moment, was))
		return (
			said.by === 'user' ||
			`${ofTask(is)} was started by ${say({ by: 'user' })}, but it says by ${say(said)}.`
		);
	const { before, after } = moment;
	const unit = unitOfTask(moment.setup, indexOfTask(after, is.id));
	if (said.by === 'system' && mayBeRepaired(moment.setup, before, unit)) return true;
	const marks = causesAt(moment, unit);
	const isNamed = (place: number) => {
		const task = before.tasks[place];
		return said.by === 'mark' && task?.id === said.task && task.execution === said.execution;
	};
	const own: StartedBy = { by: 'mark', task: was.id, execution: was.execution };
	if (said.by !== 'mark' || !(marks.some(isNamed) || same(said, own)))
		return `${ofTask(is)} was started by ${say(own)}, but it says by ${say(said)}.`;
	const cause = after.tasks[indexOfTask(after, said.task)];
	if (cause === undefined || archived(cause, said.execution)?.mark !== 'granted')
		return `${ofTask(is)} names ${say(said)}, but the history does not say that it was granted.`;
	return true;
}

/** S7 from the history: how many slots of a project are certainly in use, and how many can be at the most. */
function slotsByHistory(
	setup: Setup,
	seen: Observation,
	project: number,
): { least: number; most: number } {
	let least = 0;
	let most = 0;
	const { units, projectOf } = structureOf(setup);
	for (const [place, unit] of units.entries()) {
		if (projectOf[place] !== project) continue;
		const slots = slotsOf(seen, unit);
		least += slots.least;
		most += slots.most;
	}
	return { least, most };
}

/** Of one unit: a slot for each mark that restarted it, and one while a mark stands. */
function slotsOf(seen: Observation, unit: Unit): { least: number; most: number } {
	const opens = (minute: number | null) => minute !== null && seen.minute - minute < WINDOW_MINUTES;
	/** By mark, when its slot was taken at the earliest, and at the latest. */
	const taken = new Map<string, { first: number; last: number }>();
	for (const task of membersOf(seen, unit))
		task.history.forEach((entry, index) => {
			const next = task.history[index + 1]?.started_by ?? task.started_by;
			if (next.by !== 'mark') return;
			// The first grant fell between the first dispatch and the end of the execution that is named.
			const mark = `${next.execution} ${next.task}`;
			const known = taken.get(mark);
			const first = entry.dispatched_minute ?? entry.ended_minute;
			const own = next.task === task.id && next.execution === entry.execution;
			taken.set(mark, {
				first: Math.min(known?.first ?? first, first),
				last: own ? entry.ended_minute : (known?.last ?? seen.minute),
			});
		});
	let least = 0;
	let most = 0;
	for (const { first, last } of taken.values()) {
		if (opens(first)) least++;
		if (opens(last)) most++;
	}
	if (!hasList(seen, unit)) return { least, most };
	const members = [...membersOf(seen, unit)];
	const first = Math.min(
		...members.map(({ dispatched_minute }) => dispatched_minute ?? seen.minute),
	);
	if (opens(first)) least++;
	if (
		members.some(
			(task) => task.restart_pending && (task.ended_minute === null || opens(task.ended_minute)),
		)
	)
		most++;
	return { least, most };
}

/** S19. */
export const attributed: Guarantee<null> = {
	id: 'S19',
	name: 'attributed',
	kind: 'safety',
	statement:
		"Each execution records who started it: the schedule, a user, or the granted mark of the execution before it, or of another in the same display task or group. The project's restarts can be counted from that history.",
	witness: [
		{
			name: 'mark',
			sentence: 'A task was restarted for a mark.',
			at: restartedBy('mark'),
		},
		{
			name: 'user',
			sentence: 'A task was restarted by a user.',
			at: restartedBy('user'),
		},
		{
			name: 'repair',
			sentence: 'A task was restarted as a repair.',
			at: restartedBy('system'),
		},
	],
	fairness: null,
	begin: () => null,
	step(memory, moment) {
		const finding = eachTask(moment, judge);
		if (finding !== true) return rule(memory, memory, finding);
		const { setup, after } = moment;
		for (const project of versionsOf(setup).projects.keys()) {
			const { least, most } = slotsByHistory(setup, after, project);
			const used = slotsSeen(after, project);
			if (used < least || used > most)
				return rule(
					memory,
					memory,
					`By the history ${least === most ? least : `${least} to ${most}`} slots are in use at minute ${after.minute}, but the app server counts ${used}.`,
				);
		}
		return rule(memory, memory, true);
	},
};
