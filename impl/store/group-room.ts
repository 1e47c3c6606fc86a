import type { TaskRecord } from './store.ts';
import { hasEnded, isInProgress } from './task-state.ts';

/** For so long after the end of a member a single-host group waits for its host. */
export const GROUP_STAYS_MS = 3_600_000;

/**
 * Whether a host may be given a member of the task's group: fewer are in progress than it may have hosts,
 * and a single-host group belongs to no other host.
 */
export function hasRoomFor(
	host: string,
	{ place }: TaskRecord,
	find: (id: string) => TaskRecord | undefined,
	now_ms: number,
): boolean {
	if (place === null || place.group === null) return true;
	const { hosts } = place.group;
	const members = place.group.members.flatMap((id) => find(id) ?? []);
	if (members.filter(isInProgress).length >= hosts) return false;
	return hosts > 1 || !members.some((member) => member.host !== host && keeps(member, now_ms));
}

/** Whether a member's end still keeps the group on its host. */
const keeps = (member: TaskRecord, now_ms: number): boolean =>
	hasEnded(member) && now_ms - (member.ended_at_ms ?? 0) < GROUP_STAYS_MS;
