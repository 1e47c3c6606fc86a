import type { ExecutionRef } from '../../model/vocabulary/observation.ts';
import { TIMING } from '../../model/vocabulary/setup.ts';
import type { ProjectRecord, Slot } from '../store/store.ts';

const isInWindow = (slot: Slot, now_ms: number): boolean =>
	now_ms - slot.taken_at_ms < TIMING.window_s * 1000;

/** Slots in use at a moment: taken in (now - 24 h, now] (S7); exactly 24 hours old is out. */
export function slotsInUse(slots: readonly Slot[], now_ms: number): number {
	let used = 0;
	for (const slot of slots) if (isInWindow(slot, now_ms)) used++;
	return used;
}

/** The project with one slot more, for the mark of an execution; slots out of the window are dropped. */
export function takeSlot(
	project: ProjectRecord,
	{ task, execution }: ExecutionRef,
	now_ms: number,
): ProjectRecord {
	const slots = project.slots.filter((slot) => isInWindow(slot, now_ms));
	return { ...project, slots: [...slots, { task, execution, taken_at_ms: now_ms }] };
}

/** The project without the slot that the mark of an execution took. */
export const giveSlotBack = (
	project: ProjectRecord,
	{ task, execution }: ExecutionRef,
): ProjectRecord => ({
	...project,
	slots: project.slots.filter((slot) => slot.task !== task || slot.execution !== execution),
});
