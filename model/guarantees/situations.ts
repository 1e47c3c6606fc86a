import type { TaskObservation } from '../vocabulary/observation.ts';
import { isAtWork, isToRun } from './dependents.ts';
import { isFinished, isInProgress } from './executions.ts';
import type { Moment } from './guarantee.ts';
import { guarantees } from './index.ts';
import { monitorActs } from './overlap.ts';
import { RARE } from './rare-situations.ts';
import { indexOfTask, requestArriving, requestHandled } from './requests.ts';
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
		return test(was, is, moment, place) && isAwaitedMember(moment, place);
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
		const request = requestArriving(moment);
		if (request === null || request.execution === null) return false;
		const task = moment.before.tasks[indexOfTask(moment.before, request.task)];
		if (task?.status !== status || request.execution >= task.execution) return false;
		return requestHandled(moment) !== null;
	},
});

/** Narrower than a witness, whatever the judge of its guarantee says. */
export const NARROWER: readonly Situation[] = [
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
	...RARE,
];

/** All situations: first the witnesses, in the order of the guarantees. */
export const SITUATIONS: readonly Situation[] = [...WITNESSES, ...NARROWER];

/** By the id of a guarantee: the places of its witnesses among all situations. */
const placesOf = new Map<string, number[]>();
for (const [place, { guarantee }] of WITNESSES.entries()) {
	const places = placesOf.get(guarantee) ?? [];
	placesOf.set(guarantee, places);
	places.push(place);
}

const NONE: readonly number[] = [];

/** The places of the witnesses of a guarantee among all situations, which count where it is put to the test. */
export const witnessesOf = (guarantee: string): readonly number[] =>
	placesOf.get(guarantee) ?? NONE;

/** Counts, by their places among all situations, the witnesses of a guarantee that is put to the test at this moment. */
export function countWitnesses(
	counts: Uint32Array,
	places: readonly number[],
	moment: Moment,
): void {
	for (const place of places)
		if (WITNESSES[place]?.reached(moment, true) === true) counts[place] = (counts[place] ?? 0) + 1;
}

/** The same of all other situations. */
export function countNarrower(counts: Uint32Array, moment: Moment): void {
	for (let at = 0; at < NARROWER.length; at++) {
		const place = WITNESSES.length + at;
		if (NARROWER[at]?.reached(moment, false) === true) counts[place] = (counts[place] ?? 0) + 1;
	}
}
