import { z } from 'zod';
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
} from '../store.ts';
import type { TransactionQueries } from './database.ts';
import { codeOf } from './errors.ts';
import { LockedRecords } from './locked-records.ts';
import { type ProjectContents, Projects } from './projects.ts';
import { FIRST_READY, STILL_READY, TRY_GROUP } from './ready.ts';
import { readRow, type Table } from './table.ts';
import { HISTORY, HOSTS, POLICIES, TASKS, USERS, VERSIONS } from './tables.ts';

const UNIQUE_VIOLATION = '23505';

const Tried = z.strictObject({ locked: z.boolean() });
const QueueLength = z.strictObject({ length: z.int() });

/** One SQL transaction, already begun; READ COMMITTED, see `readLocked`. */
export class SqlTransaction implements Transaction {
	readonly #queries: TransactionQueries;
	readonly #projects: Projects;
	readonly #tasks: LockedRecords<TaskRecord>;
	readonly #hosts: LockedRecords<HostRecord>;
	readonly #versions: LockedRecords<VersionRecord>;
	readonly #users: LockedRecords<UserRecord>;
	readonly #policies: LockedRecords<PolicyRecord>;
	#archived: ArchivedRecord[] = [];

	constructor(queries: TransactionQueries, contents: ProjectContents) {
		this.#queries = queries;
		this.#projects = new Projects(queries, contents);
		this.#tasks = new LockedRecords(queries, TASKS, 'exclusive');
		this.#hosts = new LockedRecords(queries, HOSTS, 'exclusive');
		this.#versions = new LockedRecords(queries, VERSIONS, 'shared');
		this.#users = new LockedRecords(queries, USERS, 'shared');
		this.#policies = new LockedRecords(queries, POLICIES, 'shared');
	}

	task(id: string): Promise<TaskRecord | undefined> {
		return this.#tasks.read(id);
	}

	saveTask(task: TaskRecord): void {
		this.#tasks.save(task);
	}

	tasks(ids: readonly string[]): Promise<readonly TaskRecord[]> {
		return this.#list(TASKS, 'WHERE id = ANY($1) ORDER BY position', ids);
	}

	tasksInProgress(): Promise<readonly TaskRecord[]> {
		return this.#list(TASKS, `WHERE status IN ('dispatched', 'started') ORDER BY position`);
	}

	pendingUnits(): Promise<readonly TaskRecord[]> {
		return this.#list(
			TASKS,
			`WHERE id IN (
				SELECT coalesce(place -> 'unit' ->> 0, id) FROM tasks
				WHERE restart_pending OR repair_pending OR restart_asked IS NOT NULL
			) ORDER BY position`,
		);
	}

	tasksOfVersion(version: string): Promise<readonly TaskRecord[]> {
		return this.#list(TASKS, 'WHERE version = $1 ORDER BY position', version);
	}

	executionTasks(displayTask: string): Promise<readonly TaskRecord[]> {
		return this.#list(
			TASKS,
			`WHERE place IS NOT NULL AND place ->> 'display_task' = $1 ORDER BY position`,
			displayTask,
		);
	}

	/** Nothing is waited for: what another transaction holds is passed over, and its turn comes again. */
	async firstReady(host: string, now_ms: number): Promise<TaskRecord | undefined> {
		const ready: Table<TaskRecord> = { ...TASKS, select: `${TASKS.select} task` };
		const passed: string[] = [];
		for (;;) {
			const [task] = await this.#list(ready, FIRST_READY, host, now_ms, passed);
			if (task === undefined) return undefined;
			this.#tasks.hold(task);
			if (task.place === null) return task;
			const group = task.place.group?.members[0];
			if (group !== undefined && !(await this.#tryGroup(group))) {
				passed.push(group);
				continue;
			}
			// What it waits for, and its group, were looked at before all this was held.
			const [still] = await this.#list(ready, STILL_READY, host, now_ms, task.id);
			if (still !== undefined) return still;
		}
	}

	async #tryGroup(first: string): Promise<boolean> {
		const [row] = await this.#queries.query(TRY_GROUP, [`group ${first}`]);
		return readRow(Tried, row, 'tasks').locked;
	}

	async queueLength(): Promise<number> {
		await this.#writeNow();
		const text = `SELECT count(*)::integer AS length FROM tasks WHERE status = 'undispatched' AND activated`;
		const [row] = await this.#queries.query(text);
		return readRow(QueueLength, row, 'tasks').length;
	}

	history(task: string): Promise<readonly ArchivedRecord[]> {
		return this.#list(HISTORY, 'WHERE task = $1 ORDER BY execution', task);
	}

	/** An execution that is archived already fails the transaction. */
	archive(archived: ArchivedRecord): void {
		this.#queries.assertOpen();
		this.#archived.push(archived);
	}

	host(id: string): Promise<HostRecord | undefined> {
		return this.#hosts.read(id);
	}

	saveHost(host: HostRecord): void {
		this.#hosts.save(host);
	}

	hosts(): Promise<readonly HostRecord[]> {
		return this.#list(HOSTS, 'ORDER BY position');
	}

	project(id: string): Promise<ProjectRecord | undefined> {
		return this.#projects.read(id);
	}

	saveProject(project: ProjectRecord): Promise<void> {
		return this.#projects.save(project);
	}

	version(id: string): Promise<VersionRecord | undefined> {
		return this.#versions.read(id);
	}

	saveVersion(version: VersionRecord): void {
		this.#versions.save(version);
	}

	user(id: string): Promise<UserRecord | undefined> {
		return this.#users.read(id);
	}

	saveUser(user: UserRecord): void {
		this.#users.save(user);
	}

	policy(): Promise<PolicyRecord | undefined> {
		return this.#policies.read(THE_POLICY);
	}

	savePolicy(policy: PolicyRecord): void {
		this.#policies.save(policy);
	}

	/** Sends what is still to be written: the last thing before the commit. */
	write(): Promise<unknown>[] {
		const archived = this.#archived;
		this.#archived = [];
		return [
			...this.#users.write(),
			...this.#policies.write(),
			...this.#versions.write(),
			...this.#hosts.write(),
			...this.#tasks.write(),
			...archived.map((execution) => this.#insert(execution)),
			...this.#projects.write(),
		];
	}

	async #insert(archived: ArchivedRecord): Promise<void> {
		try {
			await this.#queries.query(HISTORY.insert, HISTORY.values(archived));
		} catch (error) {
			if (codeOf(error) !== UNIQUE_VIOLATION) throw error;
			const { execution, task } = archived;
			throw new Error(`execution ${execution} of "${task}" is archived already`);
		}
	}

	/** Before a list, which sees what is in the database only. */
	async #writeNow(): Promise<void> {
		await this.#queries.begun();
		await Promise.all(this.write());
	}

	async #list<Row>(
		{ select, read }: Table<Row>,
		clause: string,
		...values: readonly unknown[]
	): Promise<Row[]> {
		await this.#writeNow();
		return read(await this.#queries.query(`${select} ${clause}`, values));
	}
}
