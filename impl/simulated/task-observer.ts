import type { ArchivedExecution, TaskObservation } from '../../model/vocabulary/observation.ts';
import type { ArchivedRecord, TaskRecord } from '../store/store.ts';
import { hourOf } from './clock.ts';

/** What is seen of a task that other records tell. */
export type Surroundings = Pick<TaskObservation, 'held' | 'automatic_restarts'>;

/** Remembers the secrets that a task has had, and what was seen of it last. */
export class TaskObserver {
	readonly #secrets: string[] = [];
	#record: TaskRecord | null = null;
	#archived: readonly ArchivedRecord[] = [];
	#history: ArchivedExecution[] = [];
	#seen: TaskObservation | null = null;

	see(
		record: TaskRecord,
		archived: readonly ArchivedRecord[],
		{ held, automatic_restarts }: Surroundings,
	): TaskObservation {
		if (
			this.#seen !== null &&
			record === this.#record &&
			archived === this.#archived &&
			held === this.#seen.held &&
			automatic_restarts === this.#seen.automatic_restarts
		)
			return this.#seen;
		if (archived !== this.#archived) this.#history = archived.map(seeArchived);
		this.#record = record;
		this.#archived = archived;
		this.#seen = {
			id: record.id,
			status: record.status,
			execution: record.execution,
			started_by: record.started_by,
			secret: this.#ordinal(record.secret),
			host: record.host,
			aborted: record.aborted,
			mark: record.mark,
			held,
			restart_pending: record.restart_pending,
			repair_pending: record.repair_pending,
			automatic_restarts,
			dispatched_at: hourOrNull(record.dispatched_at_ms),
			ended_at: hourOrNull(record.ended_at_ms),
			details: record.details,
			history: this.#history,
		};
		return this.#seen;
	}

	/** Secrets are told apart by the order in which they were first seen. */
	#ordinal(secret: string): number {
		const known = this.#secrets.lastIndexOf(secret);
		return known >= 0 ? known : this.#secrets.push(secret) - 1;
	}
}

const hourOrNull = (moment_ms: number | null): number | null =>
	moment_ms === null ? null : hourOf(moment_ms);

const seeArchived = (record: ArchivedRecord): ArchivedExecution => ({
	execution: record.execution,
	started_by: record.started_by,
	host: record.host,
	dispatched_at: hourOrNull(record.dispatched_at_ms),
	ended_at: hourOf(record.ended_at_ms),
	mark: record.mark,
	aborted: record.aborted,
	details: record.details,
});
