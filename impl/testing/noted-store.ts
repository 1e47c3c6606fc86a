import { around } from '../store/around.ts';
import { MemoryTables, MemoryTransaction } from '../store/memory-transaction.ts';
import type { Store, Transaction } from '../store/store.ts';

/** A transaction in memory that commits nothing, with a note of what it does. */
export function notedTransaction(): { readonly tx: Transaction; readonly done: string[] } {
	const done: string[] = [];
	const tx = around(new MemoryTransaction(new MemoryTables()), (operation, perform) => {
		done.push(operation);
		return perform();
	});
	return { tx, done };
}

/** A store whose transactions wait for nobody. */
export function notedStore(): { readonly store: Store; readonly done: string[] } {
	const { tx, done } = notedTransaction();
	return { store: { transaction: async (work) => work(tx) }, done };
}
