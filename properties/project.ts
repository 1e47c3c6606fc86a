import type { Project } from '../model/vocabulary/project.ts';
import { isFunctionCall } from '../model/vocabulary/project.ts';
import type { TaskInstance } from '../model/vocabulary/setup.ts';
import {
	type ImportOptions,
	type ImportRefused,
	importProject,
} from '../scenarios/import/import.ts';
import { taskInstances } from '../scenarios/import/variants.ts';
import type { Problem } from '../scenarios/problem.ts';

/** A project file whose own tasks are put on trial. */
export interface ProjectOnTrial {
	readonly kind: 'project';
	readonly file: string;
	readonly project: Project;
	readonly instances: readonly TaskInstance[];
	/** Tasks whose main block has a flagged command, functions expanded. */
	readonly flaggedTasks: number;
	readonly warnings: readonly Problem[];
}

/** Imports a project file for trial, or tells why it cannot be. */
export function projectOnTrial(
	file: string,
	options: ImportOptions = {},
): ProjectOnTrial | ImportRefused {
	const imported = importProject(file, options);
	if (imported.kind === 'refused') return imported;
	const { project, variants, warnings } = imported;
	const flagged = project.tasks.filter(({ commands }) =>
		commands.some((step) =>
			isFunctionCall(step)
				? new Map(Object.entries(project.functions ?? {}))
						.get(step.func)
						?.some((command) => command.retry_on_failure === true)
				: step.retry_on_failure === true,
		),
	);
	return {
		kind: 'project',
		file,
		project,
		instances: taskInstances(project, variants),
		flaggedTasks: flagged.length,
		warnings,
	};
}
