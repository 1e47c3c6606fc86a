import { around } from './around.ts';
import type { Awaitable, Transaction } from './store.ts';

/** The operations that look at something without holding it. */
const LOOKS: ReadonlySet<keyof Transaction> = new Set([
	'tasks',
	'tasksInProgress',
	'pendingUnits',
	'tasksOfVersion',
	'executionTasks',
	'queueLength',
	'history',
	'hosts',
]);

export const isLook = (operation: keyof Transaction): boolean => LOOKS.has(operation);

/**
 * What a transaction looked at before it held anything. Such a look may be old by the time at which the
 * transaction commits: others may commit in between, as read committed allows.
 */
export type Looks = readonly unknown[];

/** The transaction, whose looks before it holds anything are old ones, as far as there are any, and are noted. */
export function lookingBack(tx: Transaction, old: Looks, noted: unknown[]): Transaction {
	let holds = false;
	const look = <Seen>(list: () => Awaitable<Seen>): Awaitable<Seen> => {
		const place = noted.length;
		// What a transaction asks first it asks again when it is run again.
		if (place < old.length) {
			noted.push(old[place]);
			return old[place] as Seen;
		}
		const seen = list();
		noted.push(null);
		const note = (found: Seen): Seen => {
			noted[place] = found;
			return found;
		};
		return seen instanceof Promise ? seen.then(note) : note(seen);
	};
	return around(tx, (operation, perform) => {
		holds ||= !isLook(operation);
		return holds ? perform() : look(perform);
	});
}
