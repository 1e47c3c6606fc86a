import type { PostedStatus } from '../../model/vocabulary/command.ts';
import type { CommandType } from '../../model/vocabulary/project.ts';
import { type Remarks, remarksOf } from '../wire/remarks.ts';

/** The end status that processes on the host post to the agent's local API; the last one counts (lifecycle 4.5). */
export class LocalStatus {
	/** What was posted last. */
	posted: PostedStatus | null = null;
	/** The failure type of the command that ran when it was posted. */
	typeWhenPosted: CommandType | null = null;

	/** What was said with it. */
	#remarks: Remarks | null = null;
	/** What was posted by itself, whatever became of the status. */
	#tags: readonly string[] = [];

	post(posted: PostedStatus, running: CommandType | null, remarks: Remarks | null = null): void {
		this.posted = posted;
		this.typeWhenPosted = running;
		this.#remarks = remarks;
	}

	/** Adds failure metadata tags; unlike a status, they are not replaced by the next. */
	addTags(tags: readonly string[]): void {
		this.#tags = remarksOf('', [...this.#tags, ...tags])?.failure_metadata_tags ?? [];
	}

	/** What goes with the end: the last post's description, its tags, and those that were added. */
	get remarks(): Remarks | null {
		const { desc = '', failure_metadata_tags = [] } = this.#remarks ?? {};
		return remarksOf(desc, [...failure_metadata_tags, ...this.#tags]);
	}

	/** Whether work is to stop after the running command. */
	get stopsWork(): boolean {
		return this.posted !== null && !this.posted.should_continue;
	}
}
