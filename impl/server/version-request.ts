import { z } from 'zod';
import { Dependency } from '../../model/vocabulary/dependency.ts';
import { Name, PROJECT_SIZE, SegmentId } from '../../model/vocabulary/project.ts';
import { MAX_TASKS, Requester } from '../../model/vocabulary/setup.ts';

/** Which tasks of a project are to run, on which variants, for whom. */
export const VersionRequest = z.strictObject({
	id: SegmentId,
	requester: Requester.default('gitter_request'),
	/** Without it, all tasks of the project. */
	tasks: z.array(Name).min(1).max(PROJECT_SIZE).optional(),
	variants: z.array(Name).min(1).max(PROJECT_SIZE),
	/** What tasks wait for, by name, on each variant. */
	dependencies: z
		.array(z.strictObject({ task: Name, depends_on: z.array(Dependency).max(MAX_TASKS) }))
		.max(PROJECT_SIZE)
		.optional(),
	/** On each variant. */
	display_tasks: z
		.array(z.strictObject({ name: Name, execution_tasks: z.array(Name).min(1).max(MAX_TASKS) }))
		.max(PROJECT_SIZE)
		.optional(),
});
export type VersionRequest = z.infer<typeof VersionRequest>;
