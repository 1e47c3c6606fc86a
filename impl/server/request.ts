import type { TaskRecord, Transaction } from '../store/store.ts';

/**
 * What a user asked of a unit that is not finished (C5): it stands in the record of the first member until the unit
 * restarts, or is aborted as a whole; with an abort, members that are not dispatched wait for it.
 */

/** Takes back what a user asked of a unit, given as a whole and held: nobody waits for its restart any more. */
export async function forgetRequest(
	tx: Transaction,
	members: readonly TaskRecord[],
): Promise<void> {
	for (const member of members)
		if (member.restart_asked !== null || member.awaits_restart)
			await tx.saveTask({ ...member, restart_asked: null, awaits_restart: false });
}
