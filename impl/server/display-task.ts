import { awaitedName } from '../../model/vocabulary/dependency.ts';
import type {
	DisplayTaskObservation,
	TaskStatus,
	VersionStatus,
} from '../../model/vocabulary/observation.ts';
import type { TaskRecord } from '../store/store.ts';
import { unitOf } from '../store/task-state.ts';
import type { Member, Rules } from './rules.ts';

/** The decisions on what is shown of several tasks, and of the quota. */
export type Shows = Pick<Rules, 'isUnderWay' | 'goesOn' | 'isShownIn' | 'slotsInUse'>;

/**
 * What a display task looks like: it goes on as long as its unit does, given as a whole and in order, or what that
 * waits for may still release a member that is blocked (S22).
 */
export function displayTaskOf(
	id: string,
	unit: readonly Member[],
	memberOf: (id: string) => Member,
	rules: Shows,
): DisplayTaskObservation {
	const own = unit.map(({ task }) => task).filter(({ place }) => place?.display_task === id);
	const isBlocked = unit.some(({ held }) => held === 'blocked');
	const upstream = isBlocked ? upstreamOf(unit, memberOf) : [];
	const status = rules.isUnderWay(unit, upstream) ? 'started' : (outcomeOf(own) ?? 'undispatched');
	return { id, status, execution: unit[0]?.task.unit_restarts ?? 0 };
}

/** All of other units that a unit waits for, directly or through others. */
function upstreamOf(unit: readonly Member[], memberOf: (id: string) => Member): Member[] {
	const reached = new Map(unit.map((member) => [member.task.id, member]));
	for (const { task } of reached.values())
		for (const wait of task.place?.depends_on ?? [])
			for (const id of unitOf(memberOf(awaitedName(wait)).task)) reached.set(id, memberOf(id));
	for (const { task } of unit) reached.delete(task.id);
	return [...reached.values()];
}

/** What a version looks like, from all its tasks (S22). */
export function versionStatusOf(tasks: readonly Member[], rules: Shows): VersionStatus {
	const records = tasks.map(({ task }) => task);
	if (!records.some(wasDispatched)) return 'created';
	return rules.goesOn(tasks) ? 'started' : (outcomeOf(records) ?? 'success');
}

/** How those that have ended came out together; null: none has. */
function outcomeOf(tasks: readonly TaskRecord[]): Extract<TaskStatus, 'failed' | 'success'> | null {
	const has = (wanted: TaskStatus) => tasks.some(({ status }) => status === wanted);
	return has('failed') ? 'failed' : has('success') ? 'success' : null;
}

const wasDispatched = ({ dispatched_at_ms, execution }: TaskRecord): boolean =>
	dispatched_at_ms !== null || execution > 0;
