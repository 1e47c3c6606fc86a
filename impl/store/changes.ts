import { around } from './around.ts';
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
export const notingChanges = (tx: Transaction, changes: Changes): Transaction =>
	around(tx, (operation, perform) => {
		if (isChange(operation)) changes.made = true;
		return perform();
	});
