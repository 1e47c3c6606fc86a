import { newProject, newTask } from '../server/loading.ts';
import type {
	ArchivedRecord,
	HostRecord,
	Place,
	Store,
	TaskRecord,
	VersionRecord,
} from '../store/store.ts';

/** Records for tests of a store: the project p1, its version v1, and whatever belongs to them. */

export const PROJECT = newProject({ id: 'p1', tasks: [{ name: 'compile', commands: [] }] }, []);

export const VERSION: VersionRecord = {
	id: 'v1',
	project: 'p1',
	requester: 'gitter_request',
	created_at_ms: 0,
};

export const taskOf = (id: string, more: Partial<TaskRecord> = {}): TaskRecord => ({
	...newTask({ id, task: 'compile', variant: 'ubuntu' }, VERSION, `secret-of-${id}`),
	...more,
});

export const hostOf = (id: string, more: Partial<HostRecord> = {}): HostRecord => ({
	id,
	secret: `secret-of-${id}`,
	running: null,
	disabled: false,
	gone: false,
	...more,
});

export const archivedOf = (task: string, execution: number): ArchivedRecord => ({
	task,
	execution,
	secret: `secret-of-${task}-${execution}`,
	started_by: { by: 'schedule' },
	host: 'h1',
	aborted: false,
	mark: 'none',
	dispatched_at_ms: 1,
	ended_at_ms: 2,
	details: { status: 'failed', type: 'test', description: '', timed_out: null },
	remarks: { desc: `end of ${execution}`, failure_metadata_tags: [] },
});

/** The place of a task that stands alone but for what is given. */
export const placeOf = (id: string, more: Partial<Place>): Place => ({
	unit: [id],
	display_task: null,
	group: null,
	depends_on: [],
	...more,
});

/** Of the task of this number, if t0 and t1 are a display task, t2 and t3 another, and so on. */
export function pairOf(index: number): Place {
	const first = index - (index % 2);
	return placeOf('', { unit: [`t${first}`, `t${first + 1}`], display_task: `d${first / 2}` });
}

/** Saves the project, the version, and tasks with these names. */
export const saveTasks = (store: Store, ...tasks: readonly TaskRecord[]): Promise<void> =>
	store.transaction(async (tx) => {
		await tx.saveProject(PROJECT);
		await tx.saveVersion(VERSION);
		for (const task of tasks) await tx.saveTask(task);
	});

/** Saves tasks that run, each on a host of its own: t0 on h0, and so on. */
export const saveRunning = (
	store: Store,
	count: number,
	more: (index: number) => Partial<TaskRecord> = () => ({}),
): Promise<void> =>
	store.transaction(async (tx) => {
		await tx.saveProject(PROJECT);
		await tx.saveVersion(VERSION);
		for (let index = 0; index < count; index++) {
			const [task, host] = [`t${index}`, `h${index}`];
			await tx.saveHost(hostOf(host, { running: { task, execution: 0 } }));
			const moments = { dispatched_at_ms: 0, last_heartbeat_ms: 0 };
			await tx.saveTask(taskOf(task, { status: 'started', host, ...moments, ...more(index) }));
		}
	});
