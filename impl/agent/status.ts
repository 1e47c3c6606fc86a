import type { PostedStatus } from '../../model/vocabulary/event.ts';
import type { CommandType } from '../../model/vocabulary/project.ts';

/** The end status that processes on the host post to the agent's local API; the last one counts (lifecycle 4.5). */
export class LocalStatus {
	/** What was posted last. */
	posted: PostedStatus | null = null;
	/** The failure type of the command that ran when it was posted. */
	typeWhenPosted: CommandType | null = null;

	post(posted: PostedStatus, running: CommandType | null): void {
		this.posted = posted;
		this.typeWhenPosted = running;
	}

	/** Whether work is to stop after the running command. */
	get stopsWork(): boolean {
		return this.posted !== null && !this.posted.should_continue;
	}
}
