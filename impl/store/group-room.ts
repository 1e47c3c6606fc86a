import type { TaskRecord } from './store.ts';
import { hasEnded, isInProgress } from './task-state.ts';

/** For so long after the end of a member a single-host group waits for its host. */
export const GROUP_STAYS_MS = 3_600_000;

/** What is known at one moment. */
interface Known {
	readonly find: (id: string) => TaskRecord | undefined;
	readonly isGone: (host: string) => boolean;
	readonly now_ms: number;
}

/**
 * Whether a host may be given a member of the task's group: fewer are in progress than it may have hosts,
 * and a single-host group belongs to no other host that is there.
 */
export function hasRoomFor(host: string, { place }: TaskRecord, known: Known): boolean {
	if (place === null || place.group === null) return true;
	const { hosts } = place.group;
	const members = place.group.members.flatMap((id) => known.find(id) ?? []);
	if (members.filter(isInProgress).length >= hosts) return false;
	return hosts > 1 || !members.some((member) => member.host !== host && keeps(member, known));
}

/** Whether a member's end still keeps the group on its host. */
const keeps = (member: TaskRecord, { isGone, now_ms }: Known): boolean =>
	hasEnded(member) &&
	now_ms - (member.ended_at_ms ?? 0) < GROUP_STAYS_MS &&
	(member.host === null || !isGone(member.host));
