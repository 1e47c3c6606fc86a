import { createHash } from 'node:crypto';
import { z } from 'zod';
import { same } from '../../../model/vocabulary/same.ts';
import { PolicyInForce } from '../../../model/vocabulary/setup.ts';
import type { ProjectRecord, Slot } from '../store.ts';
import type { Queries, TransactionQueries } from './database.ts';
import { readLocked, readMissing } from './locked-records.ts';
import { ProjectContent } from './rows.ts';
import { readRow } from './table.ts';
import { SLOTS } from './tables.ts';

type Content = Pick<ProjectRecord, 'definition' | 'ignored_flags'>;

const ProjectHead = z.strictObject({
	id: z.string(),
	digest: z.string(),
	policy: PolicyInForce.nullable(),
});

const HEADS = {
	name: 'projects',
	select: 'SELECT id, digest, policy FROM projects',
	read: (rows: readonly unknown[]) => rows.map((row) => readRow(ProjectHead, row, 'projects')),
};

const UPSERT = `INSERT INTO projects (id, definition, ignored_flags, digest) VALUES ($1, $2, $3, $4)
	ON CONFLICT (id) DO UPDATE SET
	definition = excluded.definition, ignored_flags = excluded.ignored_flags, digest = excluded.digest`;

/** Most contents that are remembered. */
const MOST_CONTENTS = 100;

/**
 * What projects say, by digest. A definition may have megabytes and hardly ever changes, and each mark
 * reads its project: so it is fetched and checked once.
 */
export class ProjectContents {
	readonly #contents = new Map<string, Content>();

	async of(queries: Queries, id: string, digest: string): Promise<Content> {
		const known = this.#contents.get(digest);
		if (known !== undefined) return known;
		const text = 'SELECT definition, ignored_flags FROM projects WHERE id = $1';
		const [row] = await queries.query(text, [id]);
		const content = readRow(ProjectContent, row, 'projects');
		if (this.#contents.size >= MOST_CONTENTS)
			for (const oldest of this.#contents.keys()) {
				this.#contents.delete(oldest);
				break;
			}
		this.#contents.set(digest, content);
		return content;
	}
}

/**
 * The projects that one transaction reads and saves. A project is held together with its slots (S7), and
 * what is saved is written with the commit.
 */
export class Projects {
	readonly #queries: TransactionQueries;
	readonly #contents: ProjectContents;
	/** As they are in the database, what this transaction has written included; null where there is none. */
	readonly #stored = new Map<string, ProjectRecord | null>();
	/** Saved, and still to be written. */
	readonly #saved = new Map<string, ProjectRecord>();

	constructor(queries: TransactionQueries, contents: ProjectContents) {
		this.#queries = queries;
		this.#contents = contents;
	}

	async read(id: string): Promise<ProjectRecord | undefined> {
		this.#queries.assertOpen();
		const known = this.#saved.get(id) ?? this.#stored.get(id);
		if (known !== undefined && known !== null) return known;
		// The slots are read in a statement of their own, after the lock: see `readLocked`.
		let [head, slots] = await Promise.all([
			readLocked(this.#queries, HEADS, id, 'exclusive'),
			this.#slots(id),
		]);
		if (head === undefined) {
			head = await readMissing(this.#queries, HEADS, id, 'exclusive');
			if (head === undefined) return undefined;
			slots = await this.#slots(id);
		}
		const { digest, policy } = head;
		const project = { id, ...(await this.#contents.of(this.#queries, id, digest)), slots, policy };
		this.#stored.set(id, project);
		return project;
	}

	async save(project: ProjectRecord): Promise<void> {
		const { id } = project;
		if (!this.#stored.has(id)) this.#stored.set(id, (await this.read(id)) ?? null);
		this.#saved.set(id, project);
	}

	/** Sends what is still to be written. */
	write(): Promise<unknown>[] {
		const sent: Promise<unknown>[] = [];
		for (const [id, project] of this.#saved) {
			const before = this.#stored.get(id) ?? null;
			sent.push(...this.#writeContent(project, before));
			if (!same(project.policy, before?.policy ?? null))
				sent.push(this.#queries.query(SET_POLICY, [id, policyText(project)]));
			sent.push(...this.#writeSlots(id, project.slots, before?.slots ?? []));
			this.#stored.set(id, project);
		}
		this.#saved.clear();
		return sent;
	}

	async #slots(project: string): Promise<Slot[]> {
		const text = `${SLOTS.select} WHERE project = $1 ORDER BY taken_at_ms, task, execution`;
		return SLOTS.read(await this.#queries.query(text, [project]));
	}

	#writeContent(project: ProjectRecord, before: Content | null): Promise<unknown>[] {
		const { id, definition, ignored_flags } = project;
		if (before?.definition === definition && before.ignored_flags === ignored_flags) return [];
		const texts = [JSON.stringify(definition), JSON.stringify(ignored_flags)];
		const digest = createHash('sha256').update(JSON.stringify(texts)).digest('base64url');
		return [this.#queries.query(UPSERT, [id, ...texts, digest])];
	}

	#writeSlots(
		project: string,
		slots: readonly Slot[],
		before: readonly Slot[],
	): Promise<unknown>[] {
		const kept = new Set(slots);
		const known = new Set(before);
		return [
			...before
				.filter((slot) => !kept.has(slot))
				.map(({ task, execution }) => this.#queries.query(DELETE_SLOT, [project, task, execution])),
			...slots
				.filter((slot) => !known.has(slot))
				.map(({ task, execution, taken_at_ms }) =>
					this.#queries.query(INSERT_SLOT, [project, task, execution, taken_at_ms]),
				),
		];
	}
}

const policyText = ({ policy }: ProjectRecord): string | null =>
	policy === null ? null : JSON.stringify(policy);

const SET_POLICY = 'UPDATE projects SET policy = $2 WHERE id = $1';
const DELETE_SLOT = 'DELETE FROM slots WHERE project = $1 AND task = $2 AND execution = $3';
const INSERT_SLOT =
	'INSERT INTO slots (project, task, execution, taken_at_ms) VALUES ($1, $2, $3, $4)';
