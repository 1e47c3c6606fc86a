import { around } from './around.ts';
import type { OpenStore } from './committed.ts';
import type {
	ArchivedRecord,
	Awaitable,
	HostRecord,
	PolicyRecord,
	ProjectRecord,
	Store,
	TaskRecord,
	Transaction,
} from './store.ts';

/**
 * A store with a window: after each transaction it reads what was committed of the records that the
 * transaction touched, from the store itself. For one app server at a time, and for observers that
 * cannot wait, as a simulation's.
 */
export class MirroredStore implements OpenStore {
	readonly #store: Store;
	readonly #tasks = new Map<string, TaskRecord>();
	readonly #histories = new Map<string, readonly ArchivedRecord[]>();
	readonly #hosts = new Map<string, HostRecord>();
	readonly #projects = new Map<string, ProjectRecord>();
	#policy: PolicyRecord | undefined;

	constructor(store: Store) {
		this.#store = store;
	}

	async transaction<Result>(work: (tx: Transaction) => Awaitable<Result>): Promise<Result> {
		const touched: Touched = {
			tasks: new Set(),
			hosts: new Set(),
			projects: new Set(),
			policy: false,
		};
		const result = await this.#store.transaction((tx) => work(noting(tx, touched)));
		await this.#store.transaction((tx) => this.#readAgain(tx, touched));
		return result;
	}

	committedTask(id: string): TaskRecord | undefined {
		return this.#tasks.get(id);
	}

	committedHistory(task: string): readonly ArchivedRecord[] {
		return this.#histories.get(task) ?? [];
	}

	committedHost(id: string): HostRecord | undefined {
		return this.#hosts.get(id);
	}

	committedProject(id: string): ProjectRecord | undefined {
		return this.#projects.get(id);
	}

	committedPolicy(): PolicyRecord | undefined {
		return this.#policy;
	}

	async #readAgain(tx: Transaction, { tasks, hosts, projects, policy }: Touched): Promise<void> {
		for (const id of hosts) keep(this.#hosts, id, await tx.host(id));
		for (const id of tasks) {
			keep(this.#tasks, id, await tx.task(id));
			keep(this.#histories, id, await tx.history(id));
		}
		for (const id of projects) keep(this.#projects, id, await tx.project(id));
		if (policy) this.#policy = await tx.policy();
	}
}

interface Touched {
	readonly tasks: Set<string>;
	readonly hosts: Set<string>;
	readonly projects: Set<string>;
	policy: boolean;
}

function keep<Row>(rows: Map<string, Row>, id: string, row: Row | undefined): void {
	if (row !== undefined) rows.set(id, row);
}

/** The transaction, with a note of what it saves. */
const noting = (tx: Transaction, touched: Touched): Transaction => ({
	...around(tx, (_, perform) => perform()),
	saveTask: (task) => {
		touched.tasks.add(task.id);
		return tx.saveTask(task);
	},
	archive: (execution) => {
		touched.tasks.add(execution.task);
		return tx.archive(execution);
	},
	saveHost: (host) => {
		touched.hosts.add(host.id);
		return tx.saveHost(host);
	},
	saveProject: (project) => {
		touched.projects.add(project.id);
		return tx.saveProject(project);
	},
	savePolicy: (policy) => {
		touched.policy = true;
		return tx.savePolicy(policy);
	},
});
