import type { Project } from '../../model/vocabulary/project.ts';
import { Policy, type Setup, type TaskInstance } from '../../model/vocabulary/setup.ts';

/** A task of a project by itself. */
export const alone = (project: Project, instance: TaskInstance): Setup => ({
	project,
	tasks: [instance],
	hosts: ['h1'],
	requester: 'gitter_request',
	policy: Policy.parse({}),
});
