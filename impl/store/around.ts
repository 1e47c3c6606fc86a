import type { Awaitable, Transaction } from './store.ts';

/** What is done at an operation of a transaction: it may note it, put it off, or answer in its place. */
export type Around = <Result>(
	operation: keyof Transaction,
	perform: () => Awaitable<Result>,
) => Awaitable<Result>;

/** The transaction, each operation of which goes through `at`. */
export const around = (tx: Transaction, at: Around): Transaction => ({
	task: (id) => at('task', () => tx.task(id)),
	saveTask: (task) => at('saveTask', () => tx.saveTask(task)),
	tasks: (ids) => at('tasks', () => tx.tasks(ids)),
	tasksInProgress: () => at('tasksInProgress', () => tx.tasksInProgress()),
	pendingUnits: () => at('pendingUnits', () => tx.pendingUnits()),
	tasksOfVersion: (version) => at('tasksOfVersion', () => tx.tasksOfVersion(version)),
	executionTasks: (display) => at('executionTasks', () => tx.executionTasks(display)),
	firstReady: (host, now_ms) => at('firstReady', () => tx.firstReady(host, now_ms)),
	queueLength: () => at('queueLength', () => tx.queueLength()),
	history: (task) => at('history', () => tx.history(task)),
	archive: (execution) => at('archive', () => tx.archive(execution)),
	host: (id) => at('host', () => tx.host(id)),
	saveHost: (host) => at('saveHost', () => tx.saveHost(host)),
	hosts: () => at('hosts', () => tx.hosts()),
	project: (id) => at('project', () => tx.project(id)),
	saveProject: (project) => at('saveProject', () => tx.saveProject(project)),
	version: (id) => at('version', () => tx.version(id)),
	saveVersion: (version) => at('saveVersion', () => tx.saveVersion(version)),
	user: (id) => at('user', () => tx.user(id)),
	saveUser: (user) => at('saveUser', () => tx.saveUser(user)),
	policy: () => at('policy', () => tx.policy()),
	savePolicy: (policy) => at('savePolicy', () => tx.savePolicy(policy)),
});
