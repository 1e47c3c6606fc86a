import { z } from 'zod';
import type {
	ArchivedRecord,
	HostRecord,
	ProjectRecord,
	TaskRecord,
	Transaction,
	UserRecord,
	VersionRecord,
} from '../store.ts';
import type { Queries } from './database.ts';
import { codeOf } from './errors.ts';
import { readHeld } from './held.ts';
import { type ProjectContents, Projects } from './projects.ts';
import { HISTORY, HOSTS, TASKS, USERS, VERSIONS } from './records.ts';
import { readRow, type Table } from './table.ts';

const UNIQUE_VIOLATION = '23505';

const QueueLength = z.strictObject({ length: z.int() });

/** One SQL transaction, already begun; READ COMMITTED, see `readHeld`. */
export class SqlTransaction implements Transaction {
	readonly #queries: Queries;
	readonly #projects: Projects;

	constructor(queries: Queries, contents: ProjectContents) {
		this.#queries = queries;
		this.#projects = new Projects(queries, contents);
	}

	task(id: string): Promise<TaskRecord | undefined> {
		return readHeld(this.#queries, TASKS, id, 'exclusive');
	}

	saveTask(task: TaskRecord): Promise<void> {
		return this.#upsert(TASKS, task);
	}

	openTasks(): Promise<readonly TaskRecord[]> {
		return this.#list(
			TASKS,
			`WHERE status IN ('dispatched', 'started') OR restart_pending ORDER BY position`,
		);
	}

	tasksOfVersion(version: string): Promise<readonly TaskRecord[]> {
		return this.#list(TASKS, 'WHERE version = $1 ORDER BY position', version);
	}

	/** A task that another transaction holds is passed over: if it is not dispatched, its turn comes again. */
	async firstUndispatched(): Promise<TaskRecord | undefined> {
		const [task] = await this.#list(
			TASKS,
			`WHERE status = 'undispatched' ORDER BY position LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED`,
		);
		return task;
	}

	async queueLength(): Promise<number> {
		const text = `SELECT count(*)::integer AS length FROM tasks WHERE status = 'undispatched'`;
		const [row] = await this.#queries.query(text);
		return readRow(QueueLength, row, 'tasks').length;
	}

	history(task: string): Promise<readonly ArchivedRecord[]> {
		return this.#list(HISTORY, 'WHERE task = $1 ORDER BY execution', task);
	}

	async archive(archived: ArchivedRecord): Promise<void> {
		try {
			await this.#queries.query(HISTORY.insert, HISTORY.values(archived));
		} catch (error) {
			if (codeOf(error) !== UNIQUE_VIOLATION) throw error;
			const { execution, task } = archived;
			throw new Error(`execution ${execution} of "${task}" is archived already`);
		}
	}

	host(id: string): Promise<HostRecord | undefined> {
		return readHeld(this.#queries, HOSTS, id, 'exclusive');
	}

	saveHost(host: HostRecord): Promise<void> {
		return this.#upsert(HOSTS, host);
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
		return readHeld(this.#queries, VERSIONS, id, 'shared');
	}

	saveVersion(version: VersionRecord): Promise<void> {
		return this.#upsert(VERSIONS, version);
	}

	user(id: string): Promise<UserRecord | undefined> {
		return readHeld(this.#queries, USERS, id, 'shared');
	}

	saveUser(user: UserRecord): Promise<void> {
		return this.#upsert(USERS, user);
	}

	async #list<Row>(
		{ select, read }: Table<Row>,
		clause: string,
		...values: readonly unknown[]
	): Promise<Row[]> {
		return read(await this.#queries.query(`${select} ${clause}`, values));
	}

	async #upsert<Row>({ upsert, values }: Table<Row>, row: Row): Promise<void> {
		await this.#queries.query(upsert, values(row));
	}
}
