import type { Awaitable, Store, Transaction } from './store.ts';

/**
 * Called at a point of a transaction: `begin`, after each operation under the operation's name,
 * `before commit`, `after commit`. It may throw, wait, or end the process.
 */
export type OnPoint = (point: string) => Awaitable<void>;

/** A store that tells where each transaction has got to, so that a test can stop it at every point. */
export class PointedStore implements Store {
	readonly #store: Store;
	readonly #onPoint: OnPoint;

	constructor(store: Store, onPoint: OnPoint) {
		this.#store = store;
		this.#onPoint = onPoint;
	}

	async transaction<Result>(work: (tx: Transaction) => Awaitable<Result>): Promise<Result> {
		const result = await this.#store.transaction(async (tx) => {
			await this.#onPoint('begin');
			const inner = await work(pointed(tx, this.#onPoint));
			await this.#onPoint('before commit');
			return inner;
		});
		await this.#onPoint('after commit');
		return result;
	}
}

function pointed(tx: Transaction, onPoint: OnPoint): Transaction {
	const after = async <Result>(operation: keyof Transaction, result: Awaitable<Result>) => {
		const awaited = await result;
		await onPoint(operation);
		return awaited;
	};
	return {
		task: (id) => after('task', tx.task(id)),
		saveTask: (task) => after('saveTask', tx.saveTask(task)),
		tasks: (ids) => after('tasks', tx.tasks(ids)),
		tasksInProgress: () => after('tasksInProgress', tx.tasksInProgress()),
		pendingUnits: () => after('pendingUnits', tx.pendingUnits()),
		tasksOfVersion: (version) => after('tasksOfVersion', tx.tasksOfVersion(version)),
		executionTasks: (display) => after('executionTasks', tx.executionTasks(display)),
		firstReady: (host, now_ms) => after('firstReady', tx.firstReady(host, now_ms)),
		queueLength: () => after('queueLength', tx.queueLength()),
		history: (task) => after('history', tx.history(task)),
		archive: (execution) => after('archive', tx.archive(execution)),
		host: (id) => after('host', tx.host(id)),
		saveHost: (host) => after('saveHost', tx.saveHost(host)),
		hosts: () => after('hosts', tx.hosts()),
		project: (id) => after('project', tx.project(id)),
		saveProject: (project) => after('saveProject', tx.saveProject(project)),
		version: (id) => after('version', tx.version(id)),
		saveVersion: (version) => after('saveVersion', tx.saveVersion(version)),
		user: (id) => after('user', tx.user(id)),
		saveUser: (user) => after('saveUser', tx.saveUser(user)),
		policy: () => after('policy', tx.policy()),
		savePolicy: (policy) => after('savePolicy', tx.savePolicy(policy)),
	};
}
