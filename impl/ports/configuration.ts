import type { Project } from '../../model/vocabulary/project.ts';
import type { Requester } from '../../model/vocabulary/setup.ts';
import type { Awaitable } from '../store/store.ts';

/** What an agent must know of its task before it starts (lifecycle 6.3, calls 3 to 10). */
export interface Configuration {
	readonly project: Project;
	/** The task's name in the project. */
	readonly task: string;
	readonly variant: string;
	readonly requester: Requester;
}

/** Where an agent gets it. */
export interface Configurations {
	of(taskId: string): Awaitable<Configuration>;
}
