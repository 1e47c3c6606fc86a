import type { OpenStore } from './committed.ts';
import {
	MemoryTables,
	MemoryTransaction,
	NO_EXECUTIONS,
	type TablesSnapshot,
} from './memory-transaction.ts';
import {
	type ArchivedRecord,
	type Awaitable,
	type HostRecord,
	type PolicyRecord,
	type ProjectRecord,
	type TaskRecord,
	THE_POLICY,
	type Transaction,
} from './store.ts';

/** A store in memory. Transactions run one after another, in the order in which they were asked for. */
export class MemoryStore implements OpenStore {
	readonly #tables = new MemoryTables();
	readonly #transaction = new MemoryTransaction(this.#tables);
	#busy = false;
	readonly #waiting: (() => void)[] = [];

	async transaction<Result>(work: (tx: Transaction) => Awaitable<Result>): Promise<Result> {
		// Whoever is woken was handed the turn: `#busy` has stayed true.
		if (this.#busy) await new Promise<void>((turn) => this.#waiting.push(turn));
		this.#busy = true;
		try {
			const result = await work(this.#transaction);
			this.#tables.commit();
			return result;
		} finally {
			this.#tables.rollBack();
			const next = this.#waiting.shift();
			if (next === undefined) this.#busy = false;
			else next();
		}
	}

	/** All that is committed now; no transaction may be open. */
	snapshot(): TablesSnapshot {
		return this.#tables.snapshot();
	}

	/** Puts back what was committed then; no transaction may be open. */
	putBack(snapshot: TablesSnapshot): void {
		this.#tables.putBack(snapshot);
	}

	committedTask(id: string): TaskRecord | undefined {
		return this.#tables.tasks.committed.get(id);
	}

	committedHistory(task: string): readonly ArchivedRecord[] {
		return this.#tables.histories.committed.get(task)?.executions ?? NO_EXECUTIONS;
	}

	committedHost(id: string): HostRecord | undefined {
		return this.#tables.hosts.committed.get(id);
	}

	committedProject(id: string): ProjectRecord | undefined {
		return this.#tables.projects.committed.get(id);
	}

	committedPolicy(): PolicyRecord | undefined {
		return this.#tables.policies.committed.get(THE_POLICY);
	}
}
