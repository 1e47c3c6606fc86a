import type { Transaction } from './store.ts';

/** The operations of a transaction that change something. */
const CHANGING: ReadonlySet<string> = new Set<keyof Transaction>([
	'saveTask',
	'archive',
	'saveHost',
	'saveProject',
	'saveVersion',
	'saveUser',
	'savePolicy',
]);

export const isChange = (operation: string): boolean => CHANGING.has(operation);

/** Whether a transaction has changed anything so far: one that only reads is of no account to a crash. */
export interface Changes {
	made: boolean;
}

/** The transaction, with a note in `changes` when it changes something. */
export function notingChanges(tx: Transaction, changes: Changes): Transaction {
	const change = <Args extends readonly unknown[], Result>(save: (...args: Args) => Result) => {
		return (...args: Args): Result => {
			changes.made = true;
			return save(...args);
		};
	};
	return {
		task: (id) => tx.task(id),
		tasks: (ids) => tx.tasks(ids),
		tasksInProgress: () => tx.tasksInProgress(),
		pendingUnits: () => tx.pendingUnits(),
		tasksOfVersion: (version) => tx.tasksOfVersion(version),
		executionTasks: (display) => tx.executionTasks(display),
		firstReady: (host, now_ms) => tx.firstReady(host, now_ms),
		queueLength: () => tx.queueLength(),
		history: (task) => tx.history(task),
		host: (id) => tx.host(id),
		hosts: () => tx.hosts(),
		project: (id) => tx.project(id),
		version: (id) => tx.version(id),
		user: (id) => tx.user(id),
		policy: () => tx.policy(),
		saveTask: change((task) => tx.saveTask(task)),
		archive: change((execution) => tx.archive(execution)),
		saveHost: change((host) => tx.saveHost(host)),
		saveProject: change((project) => tx.saveProject(project)),
		saveVersion: change((version) => tx.saveVersion(version)),
		saveUser: change((user) => tx.saveUser(user)),
		savePolicy: change((policy) => tx.savePolicy(policy)),
	};
}
