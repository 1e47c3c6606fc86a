import type { ExecutionRef } from '../../model/vocabulary/observation.ts';
import { TIMING } from '../../model/vocabulary/setup.ts';
import type { ProjectRecord, Slot } from '../store/store.ts';

const isInWindow = (slot: Slot, now_ms: number): boolean =>
	now_ms - slot.taken_at_ms < TIMING.window_s * 1000;

/** Slots in use at a moment: taken in (now - 24 h, now] (S7); exactly 24 hours old is out. */
export const slotsInUse = (slots: readonly Slot[], now_ms: number): number =>
	slots.length - slotsOut(slots, now_ms);

/** How many are out of the window: the first ones, as slots are in the order in which they were taken. */
function slotsOut(slots: readonly Slot[], now_ms: number): number {
	const first = slots.findIndex((slot) => isInWindow(slot, now_ms));
	return first < 0 ? slots.length : first;
}

/** The project with one slot more, for the mark of an execution; slots out of the window are dropped. */
export function takeSlot(
	project: ProjectRecord,
	{ task, execution }: ExecutionRef,
	now_ms: number,
): ProjectRecord {
	const slots = project.slots.slice(slotsOut(project.slots, now_ms));
	slots.push({ task, execution, taken_at_ms: now_ms });
	return { ...project, slots };
}

/** The project without the slot that the mark of an execution took. */
export const giveSlotBack = (
	project: ProjectRecord,
	{ task, execution }: ExecutionRef,
): ProjectRecord => ({
	...project,
	slots: project.slots.filter((slot) => slot.task !== task || slot.execution !== execution),
});

/** The project whose slot of one execution's mark bears the name of another. */
export const renameSlot = (
	project: ProjectRecord,
	from: ExecutionRef,
	to: ExecutionRef,
): ProjectRecord => ({
	...project,
	slots: project.slots.map((slot) =>
		slot.task === from.task && slot.execution === from.execution ? { ...slot, ...to } : slot,
	),
});
