import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ProjectRecord, Slot } from '../store.ts';
import type { Queries } from './database.ts';
import { readHeld } from './held.ts';
import { SLOTS } from './records.ts';
import { ProjectContent } from './rows.ts';
import { readRow } from './table.ts';

type Content = Pick<ProjectRecord, 'definition' | 'ignored_flags'>;

const ProjectHead = z.strictObject({ id: z.string(), digest: z.string() });

const HEADS = {
	name: 'projects',
	select: 'SELECT id, digest FROM projects',
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

/** The projects that one transaction reads and saves. A project is held together with its slots (S7). */
export class Projects {
	readonly #queries: Queries;
	readonly #contents: ProjectContents;
	/** As they are in the database, the writes of this transaction included. */
	readonly #stored = new Map<string, ProjectRecord>();

	constructor(queries: Queries, contents: ProjectContents) {
		this.#queries = queries;
		this.#contents = contents;
	}

	async read(id: string): Promise<ProjectRecord | undefined> {
		const stored = this.#stored.get(id);
		if (stored !== undefined) return stored;
		const head = await readHeld(this.#queries, HEADS, id, 'exclusive');
		if (head === undefined) return undefined;
		const project = {
			id,
			...(await this.#contents.of(this.#queries, id, head.digest)),
			slots: await this.#slots(id),
		};
		this.#stored.set(id, project);
		return project;
	}

	async save(project: ProjectRecord): Promise<void> {
		const before = await this.read(project.id);
		await this.#saveContent(project, before);
		await this.#saveSlots(project.id, project.slots, before?.slots ?? []);
		this.#stored.set(project.id, project);
	}

	async #slots(project: string): Promise<Slot[]> {
		const text = `${SLOTS.select} WHERE project = $1 ORDER BY taken_at_ms, task, execution`;
		return SLOTS.read(await this.#queries.query(text, [project]));
	}

	async #saveContent(project: ProjectRecord, before: Content | undefined): Promise<void> {
		const { id, definition, ignored_flags } = project;
		if (before?.definition === definition && before.ignored_flags === ignored_flags) return;
		const texts = [JSON.stringify(definition), JSON.stringify(ignored_flags)];
		const digest = createHash('sha256').update(JSON.stringify(texts)).digest('base64url');
		await this.#queries.query(UPSERT, [id, ...texts, digest]);
	}

	async #saveSlots(
		project: string,
		slots: readonly Slot[],
		before: readonly Slot[],
	): Promise<void> {
		const kept = new Set(slots);
		for (const { task, execution } of before.filter((slot) => !kept.has(slot)))
			await this.#queries.query(
				'DELETE FROM slots WHERE project = $1 AND task = $2 AND execution = $3',
				[project, task, execution],
			);
		const known = new Set(before);
		for (const { task, execution, taken_at_ms } of slots.filter((slot) => !known.has(slot)))
			await this.#queries.query(
				'INSERT INTO slots (project, task, execution, taken_at_ms) VALUES ($1, $2, $3, $4)',
				[project, task, execution, taken_at_ms],
			);
	}
}
