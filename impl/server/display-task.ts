import type {
	DisplayTaskObservation,
	Held,
	TaskStatus,
} from '../../model/vocabulary/observation.ts';
import type { TaskRecord } from '../store/store.ts';
import { firstMember, hasEnded, isInProgress } from '../store/task-state.ts';
import type { Member } from './rules.ts';

/** What a display task looks like, from its execution tasks. */
export function displayTaskOf(
	id: string,
	executionTasks: readonly Member[],
	find: (id: string) => TaskRecord | undefined,
): DisplayTaskObservation {
	const [member] = executionTasks;
	const first = member === undefined ? undefined : find(firstMember(member.task));
	return { id, status: statusOf(executionTasks), execution: first?.unit_restarts ?? 0 };
}

function statusOf(members: readonly Member[]): TaskStatus {
	const tasks = members.map(({ task }) => task);
	const isUnderWay = tasks.some(hasEnded) && members.some(willRun);
	if (tasks.some(isInProgress) || isUnderWay) return 'started';
	if (tasks.some(({ status }) => status === 'failed')) return 'failed';
	return tasks.some(({ status }) => status === 'success') ? 'success' : 'undispatched';
}

const willRun = ({ task, held }: Member): boolean =>
	task.status === 'undispatched' && !isLeftOut(held);

const isLeftOut = (held: Held | null): boolean => held === 'inactive' || held === 'blocked';
