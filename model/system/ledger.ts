import type { LedgerEntry, StartedBy } from '../machines/signals.ts';
import type { ArchivedExecution, StartedBy as SeenStartedBy } from '../vocabulary/observation.ts';
import type { Setup } from '../vocabulary/setup.ts';

/** When the live execution of a task was dispatched and ended, and the archive of those before. */
export interface Page {
	readonly dispatchedAt: number | null;
	readonly endedAt: number | null;
	readonly history: readonly ArchivedExecution[];
}

export const EMPTY: Page = { dispatchedAt: null, endedAt: null, history: [] };

/** Who started an execution, with the name of the task whose mark it was. */
export const startedBy = ({ tasks }: Setup, started: StartedBy): SeenStartedBy =>
	started.by === 'mark' ? { ...started, task: tasks[started.task]?.id ?? '' } : started;

/**
 * What is written down about executions: times and the archive. Machines write it and never read
 * it, so it multiplies none of their states.
 */
export class Ledger {
	readonly #setup: Setup;
	readonly #pages: Page[];

	constructor(setup: Setup) {
		this.#setup = setup;
		this.#pages = setup.tasks.map(() => EMPTY);
	}

	page(task: number): Page {
		return this.#pages[task] ?? EMPTY;
	}

	/** Opens the ledger at another page than it would be. */
	turnTo(task: number, page: Page): void {
		this.#pages[task] = page;
	}

	/** All pages as they are now, to be put back. */
	snapshot(): readonly Page[] {
		return [...this.#pages];
	}

	write(task: number, entry: LedgerEntry, minute: number): void {
		const page = this.page(task);
		this.#pages[task] = this.#after(page, entry, minute);
	}

	#after(page: Page, entry: LedgerEntry, minute: number): Page {
		switch (entry.what) {
			case 'dispatched':
				return { ...page, dispatchedAt: minute };
			case 'ended':
				return { ...page, endedAt: minute };
			case 'archived': {
				const archived: ArchivedExecution = {
					execution: entry.execution,
					started_by: startedBy(this.#setup, entry.startedBy),
					host: entry.host === null ? null : (this.#setup.hosts[entry.host] ?? null),
					dispatched_minute: page.dispatchedAt,
					ended_minute: page.endedAt ?? minute,
					mark: entry.mark,
					aborted: entry.aborted,
					details: entry.details,
					...(entry.remarks === null ? {} : { remarks: entry.remarks }),
				};
				return { ...EMPTY, history: [...page.history, archived] };
			}
		}
	}
}
