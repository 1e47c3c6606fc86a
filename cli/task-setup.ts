import { Setup, type TaskInstance } from '../model/vocabulary/setup.ts';
import { type Imported, importProject } from '../scenarios/import/import.ts';
import { slice } from '../scenarios/trial/slice.ts';
import { describe } from '../scenarios/yaml/problem.ts';
import { BadInput } from './exit.ts';
import { insistOn } from './recognised.ts';
import { projectFile } from './shipped.ts';

/** Most warnings about a file that are shown. */
const MOST_WARNINGS = 10;

/**
 * A project file with what only those need who run it; its warnings go to stderr.
 *
 * @throws BadInput with all that is wrong with it.
 */
export function projectOf(file: string): Imported {
	const path = projectFile(file);
	insistOn(path, 'project');
	const imported = importProject(path, { params: true });
	if (imported.kind === 'refused') throw new BadInput(...imported.problems.map(describe));
	const { warnings, project } = imported;
	for (const warning of warnings.slice(0, MOST_WARNINGS))
		console.error(`warning: ${describe(warning)}`);
	if (warnings.length > MOST_WARNINGS)
		console.error(`… and ${warnings.length - MOST_WARNINGS} more warnings`);
	if (project.tasks.length === 0)
		throw new BadInput(`${file}: the project has no tasks (add one under \`tasks\`)`);
	return imported;
}

/** One task of a project file, alone on one host: it waits for no other. */
export interface TaskAlone {
	readonly setup: Setup;
	readonly instance: TaskInstance;
	/** The whole file. */
	readonly imported: Imported;
}

/** @throws BadInput when there is no such task. */
export function setupOfTask(
	file: string,
	task: string,
	variant: string | undefined,
	host: string,
): TaskAlone {
	const imported = projectOf(file);
	const { project, version } = imported;
	const instances = version.tasks.filter((instance) => instance.task === task);
	const instance = instances.find((one) => variant === undefined || one.variant === variant);
	if (instances.length === 0) {
		const known = project.tasks.map(({ name }) => name).join(', ');
		throw new BadInput(`${file}: there is no task "${task}" (there are: ${known})`);
	}
	if (instance === undefined) {
		const known = instances.map((one) => one.variant).join(', ');
		throw new BadInput(
			`${file}: the task "${task}" is not on the variant "${variant}" (it is on: ${known})`,
		);
	}
	const { depends_on: _, ...alone } = instance;
	const setup = Setup.parse({ project: slice(project, [alone]), tasks: [alone], hosts: [host] });
	return { setup, instance, imported };
}
