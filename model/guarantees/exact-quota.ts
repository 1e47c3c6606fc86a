import type { TaskObservation } from '../vocabulary/observation.ts';
import { minutesOf } from '../vocabulary/setup.ts';
import { policySeen, slotsSeen, versionsOf } from '../vocabulary/versions.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { granted, isGivenUp } from './lists.ts';
import { isPolicyChange, wrongPolicy } from './policy.ts';
import { firstMark, forwardedMark, indexOfTask } from './requests.ts';
import { someTask } from './situation.ts';
import { rule, type StepFinding } from './step-finding.ts';
import { hasList, isRestarted, structureOf, unitOfTask } from './units.ts';
import { isAbort } from './users.ts';
import { ofTask } from './wording.ts';

/** A slot of the quota: of which unit it is, and since when. */
interface Slot {
	readonly unit: number;
	/** Null: taken longer ago than the window is long, but its marks still stand. */
	readonly minute: number | null;
	/** The members whose marks stand (S3); empty once they have led to a restart. */
	readonly list: readonly number[];
}
type Slots = readonly Slot[];

const WINDOW_MINUTES = minutesOf('window_s');

/** How many of a project are in use; `projectOf`: by unit. */
const inUse = (slots: Slots, projectOf: readonly number[], project: number): number => {
	let count = 0;
	for (const { minute, unit } of slots)
		if (minute !== null && (projectOf[unit] ?? 0) === project) count++;
	return count;
};

/** The slots that are not out of the window, or whose marks still stand. */
function aged(slots: Slots, minute: number): Slots {
	const isOut = (slot: Slot) => slot.minute !== null && minute - slot.minute >= WINDOW_MINUTES;
	if (!slots.some(isOut)) return slots;
	return slots.flatMap((slot) => {
		if (!isOut(slot)) return [slot];
		return slot.list.length > 0 ? [{ ...slot, minute: null }] : [];
	});
}

/** The slots with another list of the unit's marks that stand. */
function withList(slots: Slots, slot: Slot, list: readonly number[], given: boolean): Slots {
	const kept = list.length > 0 || (!given && slot.minute !== null);
	return slots.flatMap((other) => (other !== slot ? [other] : kept ? [{ ...slot, list }] : []));
}

/** The slots after the marks that cease to stand at this moment: one that ended well is no reason for a restart that follows at once. */
function withoutGivenUp(slots: Slots, moment: Moment): Slots {
	const { before, event, after } = moment;
	// An abort takes a member off the list, also one that looks as before.
	const aborts = isAbort(event);
	let held = slots;
	for (const slot of slots)
		for (const place of slot.list) {
			const was = before.tasks[place];
			const is = after.tasks[place];
			if (was === undefined || is === undefined || (was === is && !aborts)) continue;
			const open = held.find(({ list }) => list.includes(place));
			if (open !== undefined && isGivenUp(moment, was, is))
				held = withList(held, open, without(open.list, place), true);
		}
	return held;
}

const without = (list: readonly number[], place: number) => list.filter((one) => one !== place);

interface Changed {
	readonly place: number;
	readonly was: TaskObservation;
	readonly is: TaskObservation;
}

const NONE: readonly Changed[] = [];

function changedPlaces({ before, after }: Moment): readonly Changed[] {
	let changed: Changed[] | null = null;
	let place = -1;
	for (const is of after.tasks) {
		const was = before.tasks[++place];
		if (was === undefined || was === is) continue;
		changed ??= [];
		changed.push({ place, was, is });
	}
	return changed ?? NONE;
}

/** The slots after a mark was granted: it joins the list of its unit, or takes a slot. */
function joined(slots: Slots, unit: number, place: number, minute: number): Slots {
	const open = slots.find((slot) => slot.unit === unit && slot.list.length > 0);
	return open === undefined
		? [...slots, { unit, minute, list: [place] }]
		: withList(slots, open, [...open.list, place], false);
}

/** The slots in use after this moment: the very same value when nothing changed. */
function slotsAfter(slots: Slots, moment: Moment): Slots {
	const { setup, before, after } = moment;
	const { unitOf } = structureOf(setup);
	let held = slots;
	if (after.minute !== before.minute && held.length > 0) held = aged(held, after.minute);
	held = withoutGivenUp(held, moment);
	const changed = changedPlaces(moment);
	// A mark that comes with the end joins the list of its unit before what follows restarts the unit.
	for (const { place, was, is } of changed)
		if (granted(moment, was, is) === was.execution)
			held = joined(held, unitOf[place] ?? place, place, after.minute);
	for (const { place, was, is } of changed) {
		const open = held.find(({ list }) => list.includes(place));
		// Of what came with the end, too: a restart by a user overtakes it at once.
		if (open !== undefined && isRestarted(was, is))
			held = withList(held, open, without(open.list, place), isGivenUp(moment, was, is));
	}
	for (const { place, was, is } of changed)
		if (is.execution !== was.execution && granted(moment, was, is) === is.execution)
			held = joined(held, unitOf[place] ?? place, place, after.minute);
	return held;
}

/** What is wrong of what is in use of one project, or null. */
function judgeProject(
	slots: Slots,
	held: Slots,
	{ setup, before, after }: Moment,
	project: number,
	projectOf: readonly number[],
): string | null {
	const limit = policySeen(before, project).daily_limit;
	const was = inUse(slots, projectOf, project);
	const is = inUse(held, projectOf, project);
	const { projects } = versionsOf(setup);
	const of = projects.length === 1 ? 'project' : `project "${projects[project]?.id}"`;
	// What was in use when the limit was lowered stays so.
	if (limit !== 0 && is > Math.max(limit, was))
		return `The ${of} may use ${limit} automatic restarts in 24 hours, but ${is} were granted and not given back.`;
	const counted = slotsSeen(after, project);
	if (counted !== is)
		return `${is} slots of the ${of}'s quota are in use at minute ${after.minute}, but the app server counts ${counted}.`;
	return null;
}

function judge(slots: Slots, held: Slots, moment: Moment): StepFinding {
	const { setup, before, after } = moment;
	const wrong = wrongPolicy(moment, ['daily_limit']);
	if (wrong !== null) return wrong;
	const { unitOf, projectOf } = structureOf(setup);
	const { projects } = versionsOf(setup);
	const moved = held !== slots || isPolicyChange(moment);
	for (let project = 0; project < projects.length; project++) {
		const used = judgeProject(slots, held, moment, project, projectOf);
		if (used !== null) return used;
	}
	const marked = forwardedMark(moment) ?? firstMark(moment);
	if (marked === null) return moved;
	const place = indexOfTask(before, marked.id);
	const now = after.tasks[place];
	const unit = unitOf[place];
	const project = projectOf[unit ?? -1] ?? 0;
	const limit = policySeen(before, project).daily_limit;
	const used = inUse(slots, projectOf, project);
	const joins = slots.some((slot) => slot.unit === unit && slot.list.length > 0);
	if (
		(now?.mark === 'refused_quota' || after.answer?.outcome === 'refused_quota') &&
		(limit === 0 || used < limit || joins)
	)
		return `The first mark of ${ofTask(marked)} was refused for quota, but ${joins ? 'the slot of what restarts together with it was taken already' : `only ${used} of ${limit === 0 ? 'unlimited' : limit} slots were in use`}.`;
	return moved || (limit !== 0 && used >= limit);
}

/** A mark of the unit of this task stood before. */
const joins = ({ setup, before }: Moment, { id }: TaskObservation): boolean =>
	hasList(before, unitOfTask(setup, indexOfTask(before, id)));

/** Fewer slots of some project are in use. */
const isLess = ({ setup, before, after }: Moment): boolean =>
	versionsOf(setup).projects.some(
		(_, project) => slotsSeen(after, project) < slotsSeen(before, project),
	);

/** S7: the slots are counted from the grants, ends, aborts and times that are seen. */
export const exactQuota: Guarantee<Slots> = {
	id: 'S7',
	name: 'exact-quota',
	kind: 'safety',
	statement:
		"A granted mark takes exactly one slot of the project's quota for 24 hours, or shares the slot of what restarts together with it, and gives it back at once when the restart becomes impossible. Never are more slots in use than the limit, and no first mark is refused for quota while fewer are.",
	witness: [
		{
			name: 'taken',
			sentence: 'A slot was taken.',
			at: someTask((was, is, moment) => granted(moment, was, is) !== null && !joins(moment, is)),
		},
		{
			name: 'joined',
			sentence: 'A mark was granted of a member whose unit had a slot already.',
			at: someTask((was, is, moment) => granted(moment, was, is) !== null && joins(moment, is)),
		},
		{
			name: 'given-back',
			sentence: 'A slot was given back.',
			at: (moment) => moment.after.minute === moment.before.minute && isLess(moment),
		},
		{
			name: 'ran-out',
			sentence: 'A slot ran out.',
			at: (moment) => moment.after.minute !== moment.before.minute && isLess(moment),
		},
		{
			name: 'none-free',
			sentence: 'A mark arrived when no slot was free.',
			at: (moment) => {
				const { setup, before } = moment;
				const arrived = forwardedMark(moment) ?? firstMark(moment);
				if (arrived === null) return false;
				const project = versionsOf(setup).projectOf[indexOfTask(before, arrived.id)] ?? 0;
				const { daily_limit } = policySeen(before, project);
				return daily_limit !== 0 && slotsSeen(before, project) >= daily_limit;
			},
		},
		{
			name: 'policy',
			sentence: 'An admin changed the limit.',
			at: isPolicyChange,
		},
	],
	fairness: null,
	begin: () => [],
	step(slots, moment) {
		const held = slotsAfter(slots, moment);
		return rule(slots, held, judge(slots, held, moment));
	},
	rebase: (slots, minutes) =>
		slots.map((slot) => (slot.minute === null ? slot : { ...slot, minute: slot.minute - minutes })),
};
