import { MemoryTable } from './memory-table.ts';
import { readyFor } from './ready.ts';
import {
	type ArchivedRecord,
	type HostRecord,
	type PolicyRecord,
	type ProjectRecord,
	type TaskRecord,
	THE_POLICY,
	type Transaction,
	type UserRecord,
	type VersionRecord,
} from './store.ts';
import { firstMember, isInProgress, isPending } from './task-state.ts';

export interface History {
	readonly id: string;
	readonly executions: readonly ArchivedRecord[];
}

export const NO_EXECUTIONS: readonly ArchivedRecord[] = [];

/** Everything that a store in memory holds. */
export class MemoryTables {
	readonly tasks = new MemoryTable<TaskRecord>();
	readonly histories = new MemoryTable<History>();
	readonly hosts = new MemoryTable<HostRecord>();
	readonly projects = new MemoryTable<ProjectRecord>();
	readonly versions = new MemoryTable<VersionRecord>();
	readonly users = new MemoryTable<UserRecord>();
	readonly policies = new MemoryTable<PolicyRecord>();
	readonly #all = [
		this.tasks,
		this.histories,
		this.hosts,
		this.projects,
		this.versions,
		this.users,
		this.policies,
	] as const;

	commit(): void {
		for (const table of this.#all) table.commit();
	}

	rollBack(): void {
		for (const table of this.#all) table.rollBack();
	}

	snapshot(): TablesSnapshot {
		const { tasks, histories, hosts, projects, versions, users, policies } = this;
		return {
			tasks: tasks.snapshot(),
			histories: histories.snapshot(),
			hosts: hosts.snapshot(),
			projects: projects.snapshot(),
			versions: versions.snapshot(),
			users: users.snapshot(),
			policies: policies.snapshot(),
		};
	}

	putBack(snapshot: TablesSnapshot): void {
		this.tasks.putBack(snapshot.tasks);
		this.histories.putBack(snapshot.histories);
		this.hosts.putBack(snapshot.hosts);
		this.projects.putBack(snapshot.projects);
		this.versions.putBack(snapshot.versions);
		this.users.putBack(snapshot.users);
		this.policies.putBack(snapshot.policies);
	}
}

/** All that is committed in the tables at one moment. */
export interface TablesSnapshot {
	readonly tasks: ReadonlyMap<string, TaskRecord>;
	readonly histories: ReadonlyMap<string, History>;
	readonly hosts: ReadonlyMap<string, HostRecord>;
	readonly projects: ReadonlyMap<string, ProjectRecord>;
	readonly versions: ReadonlyMap<string, VersionRecord>;
	readonly users: ReadonlyMap<string, UserRecord>;
	readonly policies: ReadonlyMap<string, PolicyRecord>;
}

/** The one transaction that is open. */
export class MemoryTransaction implements Transaction {
	readonly #tables: MemoryTables;

	constructor(tables: MemoryTables) {
		this.#tables = tables;
	}

	task(id: string): TaskRecord | undefined {
		return this.#tables.tasks.get(id);
	}

	saveTask(task: TaskRecord): void {
		this.#tables.tasks.set(task);
	}

	tasks(ids: readonly string[]): readonly TaskRecord[] {
		return ids.flatMap((id) => this.task(id) ?? []);
	}

	tasksInProgress(): readonly TaskRecord[] {
		return this.#filter(isInProgress);
	}

	pendingUnits(): readonly TaskRecord[] {
		const pending = this.#filter(isPending);
		if (pending.length === 0) return pending;
		const first = new Set(pending.map(firstMember));
		return this.#filter(({ id }) => first.has(id));
	}

	tasksOfVersion(version: string): readonly TaskRecord[] {
		return this.#filter((task) => task.version === version);
	}

	executionTasks(displayTask: string): readonly TaskRecord[] {
		return this.#filter(({ place }) => place?.display_task === displayTask);
	}

	firstReady(host: string, now_ms: number): TaskRecord | undefined {
		const isGone = (id: string) => this.host(id)?.gone === true;
		const isReady = readyFor(host, (id) => this.task(id), isGone, now_ms);
		for (const task of this.#tables.tasks.rows()) if (isReady(task)) return task;
		return undefined;
	}

	queueLength(): number {
		let length = 0;
		for (const task of this.#tables.tasks.rows())
			if (task.status === 'undispatched' && task.activated) length++;
		return length;
	}

	history(task: string): readonly ArchivedRecord[] {
		return this.#tables.histories.get(task)?.executions ?? NO_EXECUTIONS;
	}

	archive(execution: ArchivedRecord): void {
		const before = this.history(execution.task);
		// They are archived in their order: one that is newer than the last is none of them.
		const isNewer = execution.execution > (before.at(-1)?.execution ?? -1);
		if (!isNewer && before.some((archived) => archived.execution === execution.execution))
			throw new Error(
				`execution ${execution.execution} of "${execution.task}" is archived already`,
			);
		this.#tables.histories.set({ id: execution.task, executions: [...before, execution] });
	}

	host(id: string): HostRecord | undefined {
		return this.#tables.hosts.get(id);
	}

	saveHost(host: HostRecord): void {
		this.#tables.hosts.set(host);
	}

	hosts(): readonly HostRecord[] {
		return [...this.#tables.hosts.rows()];
	}

	project(id: string): ProjectRecord | undefined {
		return this.#tables.projects.get(id);
	}

	saveProject(project: ProjectRecord): void {
		this.#tables.projects.set(project);
	}

	version(id: string): VersionRecord | undefined {
		return this.#tables.versions.get(id);
	}

	saveVersion(version: VersionRecord): void {
		this.#tables.versions.set(version);
	}

	user(id: string): UserRecord | undefined {
		return this.#tables.users.get(id);
	}

	saveUser(user: UserRecord): void {
		this.#tables.users.set(user);
	}

	policy(): PolicyRecord | undefined {
		return this.#tables.policies.get(THE_POLICY);
	}

	savePolicy(policy: PolicyRecord): void {
		this.#tables.policies.set(policy);
	}

	#filter(picks: (task: TaskRecord) => boolean): TaskRecord[] {
		return Array.from(this.#tables.tasks.rows()).filter(picks);
	}
}
