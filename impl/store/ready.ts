import { Dependents } from './dependents.ts';
import { hasRoomFor } from './group-room.ts';
import type { TaskRecord } from './store.ts';

/**
 * Tells which tasks a host may be given at one moment: undispatched, not held, with room in their group.
 * `sql/ready.ts` writes the same rule down for a database (docs/decisions/0012).
 */
export function readyFor(
	host: string,
	find: (id: string) => TaskRecord | undefined,
	isGone: (host: string) => boolean,
	now_ms: number,
): (task: TaskRecord) => boolean {
	const dependents = new Dependents(find);
	return (task) =>
		task.status === 'undispatched' &&
		dependents.heldOf(task) === null &&
		hasRoomFor(host, task, { find, isGone, now_ms });
}
