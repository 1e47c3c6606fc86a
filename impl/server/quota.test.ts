import { expect, test } from 'vitest';
import type { ProjectRecord, Slot } from '../store/store.ts';
import { newProject } from './loading.ts';
import { giveSlotBack, renameSlot, slotsInUse, takeSlot } from './quota.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A record is never changed: what was read may be read again. */
const EMPTY: ProjectRecord = {
	...newProject({ id: 'p1', tasks: [] }, []),
	slots: Object.freeze<Slot[]>([]),
};
const FIRST = { task: 't1', execution: 0 };
const SECOND = { task: 't1', execution: 1 };

test('a slot is in use for 24 hours, and exactly 24 hours old it is out', () => {
	const { slots } = takeSlot(EMPTY, FIRST, HOUR_MS);
	expect(slotsInUse(slots, HOUR_MS)).toBe(1);
	expect(slotsInUse(slots, HOUR_MS + DAY_MS - 1)).toBe(1);
	expect(slotsInUse(slots, HOUR_MS + DAY_MS)).toBe(0);
});

test('taking a slot forgets those that are out', () => {
	const project = takeSlot(takeSlot(EMPTY, FIRST, 0), SECOND, DAY_MS);
	expect(project.slots).toEqual([{ ...SECOND, taken_at_ms: DAY_MS }]);
});

test('giving a slot back frees that of the execution alone', () => {
	const project = takeSlot(takeSlot(EMPTY, FIRST, 0), SECOND, 0);
	expect(giveSlotBack(project, FIRST).slots).toEqual([{ ...SECOND, taken_at_ms: 0 }]);
	expect(giveSlotBack(project, { task: 't2', execution: 0 }).slots).toHaveLength(2);
});

test('a slot that goes by another name is as old as it was', () => {
	const project = takeSlot(takeSlot(EMPTY, FIRST, 0), SECOND, HOUR_MS);
	const third = { task: 't2', execution: 4 };
	expect(renameSlot(project, FIRST, third).slots).toEqual([
		{ ...third, taken_at_ms: 0 },
		{ ...SECOND, taken_at_ms: HOUR_MS },
	]);
});
