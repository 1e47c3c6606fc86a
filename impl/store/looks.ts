import type { Awaitable, Transaction } from './store.ts';

/**
 * What a transaction looked at before it held anything. Such a look may be old by the time at which the
 * transaction commits: others may commit in between, as read committed allows.
 */
export type Looks = readonly unknown[];

/** The transaction, whose looks before it holds anything are old ones, as far as there are any, and are noted. */
export function lookingBack(tx: Transaction, old: Looks, noted: unknown[]): Transaction {
	let holds = false;
	const look = <Args extends readonly unknown[], Seen>(
		list: (...args: Args) => Awaitable<Seen>,
	) => {
		return (...args: Args): Awaitable<Seen> => {
			if (holds) return list(...args);
			const place = noted.length;
			// What a transaction asks first it asks again when it is run again.
			if (place < old.length) {
				noted.push(old[place]);
				return old[place] as Seen;
			}
			const seen = list(...args);
			noted.push(null);
			const note = (found: Seen): Seen => {
				noted[place] = found;
				return found;
			};
			return seen instanceof Promise ? seen.then(note) : note(seen);
		};
	};
	const hold = <Args extends readonly unknown[], Result>(take: (...args: Args) => Result) => {
		return (...args: Args): Result => {
			holds = true;
			return take(...args);
		};
	};
	return {
		tasks: look((ids) => tx.tasks(ids)),
		tasksInProgress: look(() => tx.tasksInProgress()),
		pendingUnits: look(() => tx.pendingUnits()),
		tasksOfVersion: look((version) => tx.tasksOfVersion(version)),
		executionTasks: look((display) => tx.executionTasks(display)),
		queueLength: look(() => tx.queueLength()),
		history: look((task) => tx.history(task)),
		hosts: look(() => tx.hosts()),
		firstReady: hold((host, now_ms) => tx.firstReady(host, now_ms)),
		task: hold((id) => tx.task(id)),
		host: hold((id) => tx.host(id)),
		project: hold((id) => tx.project(id)),
		version: hold((id) => tx.version(id)),
		user: hold((id) => tx.user(id)),
		policy: hold(() => tx.policy()),
		saveTask: hold((task) => tx.saveTask(task)),
		archive: hold((execution) => tx.archive(execution)),
		saveHost: hold((host) => tx.saveHost(host)),
		saveProject: hold((project) => tx.saveProject(project)),
		saveVersion: hold((version) => tx.saveVersion(version)),
		saveUser: hold((user) => tx.saveUser(user)),
		savePolicy: hold((policy) => tx.savePolicy(policy)),
	};
}
