import type {
	ArchivedRecord,
	Awaitable,
	HostRecord,
	ProjectRecord,
	Store,
	TaskRecord,
	Transaction,
} from './store.ts';

interface History {
	readonly id: string;
	readonly executions: readonly ArchivedRecord[];
}

const NO_EXECUTIONS: readonly ArchivedRecord[] = [];

/** One table: what is committed, and over it what the open transaction wrote. */
class Table<Row extends { readonly id: string }> {
	readonly committed = new Map<string, Row>();
	#written: Map<string, Row> | null = null;

	get(id: string): Row | undefined {
		return this.#written?.get(id) ?? this.committed.get(id);
	}

	set(row: Row): void {
		this.#written ??= new Map();
		this.#written.set(row.id, row);
	}

	ids(): string[] {
		if (this.#written === null) return [...this.committed.keys()];
		return [...new Set([...this.committed.keys(), ...this.#written.keys()])];
	}

	commit(): void {
		if (this.#written === null) return;
		for (const [id, row] of this.#written) this.committed.set(id, row);
		this.#written = null;
	}

	rollBack(): void {
		this.#written = null;
	}
}

class Tables implements Transaction {
	readonly tasks = new Table<TaskRecord>();
	readonly histories = new Table<History>();
	readonly hosts = new Table<HostRecord>();
	readonly projects = new Table<ProjectRecord>();

	task(id: string): TaskRecord | undefined {
		return this.tasks.get(id);
	}

	saveTask(task: TaskRecord): void {
		this.tasks.set(task);
	}

	taskIds(): readonly string[] {
		return this.tasks.ids();
	}

	firstUndispatched(): TaskRecord | undefined {
		for (const id of this.tasks.ids()) {
			const task = this.tasks.get(id);
			if (task?.status === 'undispatched') return task;
		}
		return undefined;
	}

	history(task: string): readonly ArchivedRecord[] {
		return this.histories.get(task)?.executions ?? NO_EXECUTIONS;
	}

	archive(execution: ArchivedRecord): void {
		const executions = [...this.history(execution.task), execution];
		this.histories.set({ id: execution.task, executions });
	}

	host(id: string): HostRecord | undefined {
		return this.hosts.get(id);
	}

	saveHost(host: HostRecord): void {
		this.hosts.set(host);
	}

	project(id: string): ProjectRecord | undefined {
		return this.projects.get(id);
	}

	saveProject(project: ProjectRecord): void {
		this.projects.set(project);
	}

	commit(): void {
		this.tasks.commit();
		this.histories.commit();
		this.hosts.commit();
		this.projects.commit();
	}

	rollBack(): void {
		this.tasks.rollBack();
		this.histories.rollBack();
		this.hosts.rollBack();
		this.projects.rollBack();
	}
}

/** A store in memory. Transactions run one after another, in the order in which they were asked for. */
export class MemoryStore implements Store {
	readonly #tables = new Tables();
	#busy = false;
	readonly #waiting: (() => void)[] = [];

	async transaction<Result>(work: (tx: Transaction) => Awaitable<Result>): Promise<Result> {
		// Whoever is woken was handed the turn: `#busy` has stayed true.
		if (this.#busy) await new Promise<void>((turn) => this.#waiting.push(turn));
		this.#busy = true;
		try {
			const result = await work(this.#tables);
			this.#tables.commit();
			return result;
		} finally {
			this.#tables.rollBack();
			const next = this.#waiting.shift();
			if (next === undefined) this.#busy = false;
			else next();
		}
	}

	/** What is committed, for an onlooker that takes no part. */
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
}
