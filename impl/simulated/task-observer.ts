import type { Remarks } from '../../model/vocabulary/command.ts';
import type {
	ArchivedExecution,
	RestartAsked,
	TaskObservation,
} from '../../model/vocabulary/observation.ts';
import type { ArchivedRecord, TaskRecord } from '../store/store.ts';
import { minuteOf } from './clock.ts';

/** What is seen of a task that other records tell. */
export type Surroundings = Pick<TaskObservation, 'held' | 'automatic_restarts'> & {
	readonly restart_asked: RestartAsked | null;
};

/** The secrets that a task has had, and what was seen of it last. */
export interface TaskSeen {
	readonly secrets: readonly string[];
	readonly record: TaskRecord | null;
	readonly archived: readonly ArchivedRecord[];
	readonly observation: TaskObservation | null;
}

/** Looks at one task, and remembers what it saw. */
export class TaskObserver {
	#last: TaskSeen = { secrets: [], record: null, archived: [], observation: null };

	snapshot(): TaskSeen {
		return this.#last;
	}

	putBack(last: TaskSeen): void {
		this.#last = last;
	}

	see(
		record: TaskRecord,
		archived: readonly ArchivedRecord[],
		{ held, automatic_restarts, restart_asked }: Surroundings,
	): TaskObservation {
		const last = this.#last;
		if (
			last.observation !== null &&
			record === last.record &&
			archived === last.archived &&
			held === last.observation.held &&
			automatic_restarts === last.observation.automatic_restarts &&
			restart_asked === (last.observation.restart_asked ?? null)
		)
			return last.observation;
		// Secrets are told apart by the order in which they were first seen.
		const known = last.secrets.lastIndexOf(record.secret);
		const secrets = known >= 0 ? last.secrets : [...last.secrets, record.secret];
		const observation: TaskObservation = {
			id: record.id,
			status: record.status,
			execution: record.execution,
			started_by: record.started_by,
			secret: known >= 0 ? known : last.secrets.length,
			host: record.host,
			aborted: record.aborted,
			mark: record.mark,
			held,
			restart_pending: record.restart_pending,
			repair_pending: record.repair_pending,
			...(restart_asked === null ? {} : { restart_asked }),
			...(record.awaits_restart ? { awaits_restart: true as const } : {}),
			automatic_restarts,
			dispatched_minute: minuteOrNull(record.dispatched_at_ms),
			ended_minute: minuteOrNull(record.ended_at_ms),
			details: record.details,
			...seeRemarks(record),
			history:
				last.observation !== null && archived === last.archived
					? last.observation.history
					: archived.map(seeArchived),
		};
		this.#last = { secrets, record, archived, observation };
		return observation;
	}
}

const minuteOrNull = (moment_ms: number | null): number | null =>
	moment_ms === null ? null : minuteOf(moment_ms);

const seeArchived = (record: ArchivedRecord): ArchivedExecution => ({
	execution: record.execution,
	started_by: record.started_by,
	host: record.host,
	dispatched_minute: minuteOrNull(record.dispatched_at_ms),
	ended_minute: minuteOf(record.ended_at_ms),
	mark: record.mark,
	aborted: record.aborted,
	details: record.details,
	...seeRemarks(record),
});

/** Of what is kept of the words of processes, what they said themselves: not the name of the command that failed. */
function seeRemarks({ remarks }: Pick<TaskRecord, 'remarks'>): { remarks?: Remarks } {
	if (remarks === null) return {};
	const { desc, failure_metadata_tags: tags } = remarks;
	if (desc === '' && tags.length === 0) return {};
	return {
		remarks: {
			...(desc === '' ? {} : { desc }),
			...(tags.length === 0 ? {} : { tags: [...tags] }),
		},
	};
}
