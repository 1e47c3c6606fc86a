import type { TaskObservation } from '../vocabulary/observation.ts';
import { isAtWork, isToRun } from './dependents.ts';
import { isFinished, isInProgress } from './executions.ts';
import type { Moment } from './guarantee.ts';
import { guarantees } from './index.ts';
import { monitorActs } from './overlap.ts';
import { indexOfTask, requestHandled } from './requests.ts';
import { halvesOf, type Situation, someTask } from './situation.ts';
import { hasList, isRestarted, structureOf, type Unit, unitOfTask } from './units.ts';
import { isAborting } from './users.ts';

/** The witness of each half of each guarantee. */
export const WITNESSES: readonly Situation[] = guarantees.flatMap((guarantee) => {
	const names = halvesOf(guarantee);
	return guarantee.witness.map(
		({ name, sentence, at }, place): Situation => ({
			name: names[place] ?? '',
			sentence,
			guarantee: guarantee.id,
			half: name,
			reached: (moment, exercised) => exercised && (at === undefined || at(moment)),
		}),
	);
});

type Status = TaskObservation['status'];

/** An abort of something whose mark was granted, which is in this state. */
const abortAfterGrant = (status: Status, state: string): Situation => ({
	name: `abort-after-grant-${status}`,
	sentence: `A user aborted a task whose mark had been granted, or its display task, while it was ${state}.`,
	guarantee: 'S3',
	half: 'withdrawn',
	reached: (moment) =>
		moment.event.kind === 'user-aborts' &&
		moment.before.tasks.some(
			(task) => task.status === status && task.restart_pending && isAborting(moment, task),
		),
});

/** All members that will run have ended and one is on the list, but the unit is not yet restarted. */
const isDue = ({ setup, after }: Moment, unit: Unit): boolean =>
	hasList(after, unit) &&
	!isAtWork(setup, after, unit) &&
	unit.every((place) => {
		const task = after.tasks[place];
		return task === undefined || !isToRun(setup, after, place, task);
	});

/** The app server crashes when a unit of so many members has ended and is to be restarted. */
const crashBeforeRestart = (what: string, fits: (unit: Unit) => boolean): Situation => ({
	name: `crash-before-restart-${what}`,
	sentence: `The app server crashed between the end and the restart of ${what === 'unit' ? 'a unit of several tasks' : 'a plain task'}.`,
	guarantee: 'L1',
	half: 'granted',
	reached: (moment) =>
		moment.event.kind === 'server-crashes' &&
		structureOf(moment.setup).units.some((unit) => fits(unit) && isDue(moment, unit)),
});

/** Somebody of another unit waits for this task, which restarts with others. */
const isAwaitedMember = ({ setup }: Moment, place: number): boolean => {
	const { dependencies, unitOf } = structureOf(setup);
	return (
		unitOfTask(setup, place).length > 1 &&
		dependencies.some(
			(waits, dependent) =>
				unitOf[dependent] !== unitOf[place] && waits.some(({ task }) => task === place),
		)
	);
};

const memberWith = (
	test: (was: TaskObservation, is: TaskObservation, moment: Moment, place: number) => boolean,
) =>
	someTask((was, is, moment) => {
		if (was === is) return false;
		const place = indexOfTask(moment.after, is.id);
		return isAwaitedMember(moment, place) && test(was, is, moment, place);
	});

const awaitedEnds = memberWith(
	(was, is, { setup, after }, place) =>
		isInProgress(was) && isFinished(is) && hasList(after, unitOfTask(setup, place)),
);

const awaitedRestarts = memberWith(
	(was, is, moment) => isRestarted(was, is) && moment.event.kind !== 'user-restarts',
);

const lastIsLost = someTask((was, is, moment) => {
	if (!isInProgress(was) || isInProgress(is)) return false;
	const { setup, before, after } = moment;
	const unit = unitOfTask(setup, indexOfTask(after, is.id));
	const others = unit.filter((place) => before.tasks[place]?.id !== was.id);
	return (
		unit.length > 1 &&
		hasList(before, unit) &&
		others.every((place) => {
			const task = before.tasks[place];
			return task === undefined || !isToRun(setup, before, place, task);
		})
	);
});

/** A request of an older execution arrives while the live one is in this state. */
const lateMessage = (status: Status): Situation => ({
	name: `late-message-${status}`,
	sentence: `A request of an older execution arrived while the live one was ${status === 'success' ? 'successful' : status}.`,
	guarantee: 'S9',
	half: 'late',
	reached: (moment) => {
		const request = requestHandled(moment);
		if (request === null || request.execution === null) return false;
		const task = moment.before.tasks[indexOfTask(moment.before, request.task)];
		return task !== undefined && request.execution < task.execution && task.status === status;
	},
});

/** All situations: first the witnesses, in the order of the guarantees. */
export const SITUATIONS: readonly Situation[] = [
	...WITNESSES,
	abortAfterGrant('started', 'at work'),
	abortAfterGrant('failed', 'waiting for the others after its end'),
	crashBeforeRestart('plain', (unit) => unit.length === 1),
	crashBeforeRestart('unit', (unit) => unit.length > 1),
	{
		name: 'dependent-before-restart',
		sentence: 'A task ended, others restart together with it, and somebody else waits for it.',
		guarantee: 'S16',
		half: 'whole',
		reached: awaitedEnds,
	},
	{
		name: 'dependent-after-restart',
		sentence: 'A task was restarted together with others while somebody else waits for it.',
		guarantee: 'S16',
		half: 'whole',
		reached: awaitedRestarts,
	},
	{
		name: 'last-member-lost',
		sentence: 'The monitor ended the last of several that restart together, after a grant.',
		guarantee: 'L1',
		half: 'granted',
		reached: (moment) => monitorActs(moment) && lastIsLost(moment),
	},
	...(['undispatched', 'dispatched', 'started', 'success', 'failed'] as const).map(lateMessage),
];

/** Calls with each situation that this moment is one of; `exercised`: the guarantees that were put to the test in it. */
export function eachSituation(
	moment: Moment,
	exercised: ReadonlySet<string>,
	tell: (situation: Situation) => void,
): void {
	for (const situation of SITUATIONS)
		if (situation.reached(moment, exercised.has(situation.guarantee))) tell(situation);
}
