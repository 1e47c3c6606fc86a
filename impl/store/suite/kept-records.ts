import { expect, test } from 'vitest';
import { heededOf, Policy } from '../../../model/vocabulary/setup.ts';
import { newProject } from '../../server/loading.ts';
import { giveSlotBack, slotsInUse, takeSlot } from '../../server/quota.ts';
import {
	archivedOf,
	hostOf,
	PROJECT,
	saveTasks,
	taskOf,
	VERSION,
} from '../../testing/sample-records.ts';
import type { Store, TaskRecord, Transaction } from '../store.ts';

const HOUR_MS = 3_600_000;
const ODD = `o'dd "ïd" \\ 日本 🚀 $1; -- %`;
const LATE_MS = Date.UTC(2200, 0);

const FULL: TaskRecord = taskOf(ODD, {
	place: {
		unit: [ODD, 'u'],
		display_task: ODD,
		group: { name: ODD, hosts: 2, members: [ODD, 'x'] },
		depends_on: ['d', ODD, { name: ODD, status: '*' }, { name: 'd', status: 'failed' }],
	},
	activated: false,
	status: 'failed',
	execution: 3,
	started_by: { by: 'mark', task: ODD, execution: 2 },
	host: ODD,
	aborted: true,
	mark: 'withdrawn',
	restart_pending: true,
	granted_order: 3,
	repair_pending: true,
	automatic_restarts: 2,
	unit_restarts: 5,
	dispatched_at_ms: LATE_MS,
	last_heartbeat_ms: LATE_MS + 1,
	ended_at_ms: LATE_MS + 2,
	details: { status: 'failed', type: null, description: 'aborted', timed_out: 'exec' },
	remarks: { desc: ODD, failure_metadata_tags: [ODD, 'x'] },
});

/** What a store gives back is what it was given, in the right order. */
export function testRecords(fresh: () => Promise<Store>): void {
	const read = <Value>(store: Store, look: (tx: Transaction) => Value | Promise<Value>) =>
		store.transaction(look);

	test('an empty store knows nothing', async () => {
		const store = await fresh();
		const found = await read(store, async (tx) => [
			await tx.task('x'),
			await tx.host('x'),
			await tx.project('x'),
			await tx.version('x'),
			await tx.user('x'),
			await tx.firstReady('h1', 0),
		]);
		expect(found).toEqual(Array(6).fill(undefined));
		const lists = await read(store, async (tx) => [
			await tx.history('x'),
			await tx.tasksInProgress(),
			await tx.pendingUnits(),
			await tx.tasks(['x']),
			await tx.executionTasks('x'),
			await tx.tasksOfVersion('x'),
			await tx.hosts(),
		]);
		expect(lists).toEqual(Array(7).fill([]));
		expect(await read(store, (tx) => tx.queueLength())).toBe(0);
	});

	test.each([taskOf('new'), FULL])('a task comes back as it was saved', async (task) => {
		const store = await fresh();
		await saveTasks(store, task);
		expect(await read(store, (tx) => tx.task(task.id))).toEqual(task);
		await saveTasks(store, { ...FULL, id: task.id });
		expect(await read(store, (tx) => tx.task(task.id))).toEqual({ ...FULL, id: task.id });
	});

	test('hosts, projects, versions and users come back as they were saved', async () => {
		const store = await fresh();
		const host = hostOf(ODD, { running: { task: ODD, execution: 7 }, disabled: true });
		const steps = [
			{ func: ODD, retry_on_failure: true },
			{ command: 'x', variants: ['v'] },
		];
		const project = newProject(
			{ id: ODD, tasks: [{ name: 't', commands: steps }], functions: { [ODD]: [] }, pre: steps },
			[{ task: 't' }],
		);
		const version = { ...VERSION, id: ODD, project: ODD, created_at_ms: LATE_MS };
		const users = [
			{ id: ODD, key_hash: 'h', roles: ['user', 'admin'] as const },
			{ id: 'nobody', key_hash: '', roles: [] },
		];
		await store.transaction(async (tx) => {
			await tx.saveHost(host);
			await tx.saveProject(project);
			await tx.saveVersion(version);
			for (const user of users) await tx.saveUser(user);
		});
		expect(project.ignored_flags).toHaveLength(2);
		const found = await read(store, async (tx) => [
			await tx.host(ODD),
			await tx.project(ODD),
			await tx.version(ODD),
			await tx.user(ODD),
			await tx.user('nobody'),
		]);
		expect(found).toEqual([host, project, version, ...users]);
	});

	test('a project that is saved again has its new definition, and keeps its slots', async () => {
		const store = await fresh();
		const slots = [{ task: 't', execution: 0, taken_at_ms: LATE_MS }];
		const again = newProject({ ...PROJECT.definition, pre: [{ func: 'f' }] }, []);
		await store.transaction((tx) => tx.saveProject({ ...PROJECT, slots }));
		await store.transaction((tx) => tx.saveProject({ ...again, slots }));
		expect(await read(store, (tx) => tx.project('p1'))).toEqual({ ...again, slots });
		await store.transaction((tx) => tx.saveProject({ ...PROJECT, slots }));
		expect(await read(store, (tx) => tx.project('p1'))).toEqual({ ...PROJECT, slots });
	});

	test('a project has a policy of its own, or none, and that is all that changes with it', async () => {
		const store = await fresh();
		const slots = [{ task: 't', execution: 0, taken_at_ms: LATE_MS }];
		const policy = heededOf(Policy.parse({ daily_limit: 7, restart_system_failed: true }));
		for (const own of [policy, { ...policy, daily_limit: 0 }, null]) {
			await store.transaction((tx) => tx.saveProject({ ...PROJECT, slots, policy: own }));
			expect(await read(store, (tx) => tx.project('p1'))).toEqual({
				...PROJECT,
				slots,
				policy: own,
			});
		}
	});

	test('slots slide out of the window, and can be given back', async () => {
		const store = await fresh();
		await store.transaction((tx) => tx.saveProject(PROJECT));
		const change = (how: (project: typeof PROJECT) => typeof PROJECT) =>
			store.transaction(async (tx) => {
				await tx.saveProject(how((await tx.project('p1')) ?? PROJECT));
			});
		for (const hour of [0, 1, 2])
			await change((project) => takeSlot(project, { task: 't', execution: hour }, hour * HOUR_MS));
		const used = async (hour: number) =>
			slotsInUse((await read(store, (tx) => tx.project('p1')))?.slots ?? [], hour * HOUR_MS);
		expect([await used(23), await used(24), await used(25), await used(26)]).toEqual([3, 2, 1, 0]);
		await change((project) => giveSlotBack(project, { task: 't', execution: 1 }));
		await change((project) => takeSlot(project, { task: 'u', execution: 0 }, 24 * HOUR_MS));
		expect((await read(store, (tx) => tx.project('p1')))?.slots).toEqual([
			{ task: 't', execution: 2, taken_at_ms: 2 * HOUR_MS },
			{ task: 'u', execution: 0, taken_at_ms: 24 * HOUR_MS },
		]);
	});

	test('history is kept, oldest first, and each execution is archived once', async () => {
		const store = await fresh();
		await saveTasks(store, taskOf('t1'), taskOf('t2'));
		for (const execution of [0, 1, 2])
			await store.transaction((tx) => tx.archive(archivedOf('t1', execution)));
		await store.transaction((tx) => tx.archive(archivedOf('t2', 0)));
		const again = store.transaction(async (tx) => {
			await tx.archive(archivedOf('t1', 3));
			await tx.archive({ ...archivedOf('t1', 1), host: 'other' });
		});
		await expect(again).rejects.toThrow('execution 1 of "t1" is archived already');
		expect(await read(store, (tx) => tx.history('t1'))).toEqual(
			[0, 1, 2].map((execution) => archivedOf('t1', execution)),
		);
	});

	test('lists are in the order of the first saving, and the first undispatched task is first', async () => {
		const store = await fresh();
		await saveTasks(store, taskOf('z'), taskOf('a'), taskOf('m'), taskOf('b'));
		const [z, m] = [taskOf('z', { status: 'dispatched' }), taskOf('m', { restart_pending: true })];
		await store.transaction(async (tx) => {
			for (const id of ['y', 'c']) await tx.saveHost(hostOf(id));
			await tx.saveHost(hostOf('y', { disabled: true }));
			await tx.saveTask(m);
			await tx.saveTask(z);
			expect((await tx.firstReady('h1', 0))?.id).toBe('a');
			expect(await tx.queueLength()).toBe(3);
		});
		const ids = (tasks: readonly { readonly id: string }[]) => tasks.map(({ id }) => id);
		expect(await read(store, (tx) => tx.tasksInProgress())).toEqual([z]);
		expect(await read(store, (tx) => tx.pendingUnits())).toEqual([m]);
		expect(ids(await read(store, (tx) => tx.tasks(['z', 'b'])))).toEqual(['z', 'b']);
		expect(ids(await read(store, (tx) => tx.tasksOfVersion('v1')))).toEqual(['z', 'a', 'm', 'b']);
		expect(ids(await read(store, (tx) => tx.hosts()))).toEqual(['y', 'c']);
		await store.transaction((tx) => tx.saveTask(taskOf('z')));
		expect((await read(store, (tx) => tx.firstReady('h1', 0)))?.id).toBe('z');
	});
}
