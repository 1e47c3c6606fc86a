import { Setup, type TaskInstance } from '../model/vocabulary/setup.ts';
import { type Imported, importProject } from '../scenarios/import/import.ts';
import { ANY_VARIANT } from '../scenarios/import/version.ts';
import { slice } from '../scenarios/trial/slice.ts';
import { describe } from '../scenarios/yaml/problem.ts';
import { BadInput } from './exit.ts';
import { sayNames } from './near.ts';
import { insistOn } from './recognised.ts';
import { projectFile } from './shipped.ts';

/** Most warnings about a file that are shown. */
const MOST_WARNINGS = 10;

/** Whether what only those need who run a task is wanted: parameters, `vars` and time limits. */
interface Reading {
	readonly params: boolean;
}
const RUNNING: Reading = { params: true };

/**
 * A project file, with what only those need who run it unless told; its warnings go to stderr.
 *
 * @throws BadInput with all that is wrong with it.
 */
export function projectOf(file: string, { params }: Reading = RUNNING): Imported {
	const path = projectFile(file);
	insistOn(path, 'project');
	const imported = importProject(path, { params });
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

/** On the variant that is told, else on the first that lists it. @throws BadInput when there is no such task. */
export function setupOfTask(
	file: string,
	task: string,
	variant: string | undefined,
	host: string,
): TaskAlone {
	const [first] = eachOfTask(projectOf(file), { file, task, variant, host });
	// There is always one.
	if (first === undefined) throw new RangeError(`the task "${task}" is nowhere`);
	return first;
}

/** Which task of a file, and the host that it is to be alone on. */
interface Wanted {
	readonly file: string;
	readonly task: string;
	/** Undefined: any. */
	readonly variant: string | undefined;
	readonly host: string;
}

/** A task on each of its variants, one at the least. @throws BadInput when there is no such task. */
export function* eachOfTask(
	imported: Imported,
	{ file, task, variant, host }: Wanted,
): Generator<TaskAlone, void> {
	const { project, version } = imported;
	const instances = version.tasks.filter((instance) => instance.task === task);
	const meant = instances.filter((one) => variant === undefined || one.variant === variant);
	if (instances.length === 0) {
		const known = sayNames(
			project.tasks.map(({ name }) => name),
			task,
		);
		throw new BadInput(`${file}: there is no task "${task}" (there are: ${known})`);
	}
	if (meant.length === 0) {
		const known = instances.map((one) => one.variant).filter((one) => one !== ANY_VARIANT);
		const on = known.length === 0 ? 'it is on none' : `it is on: ${sayNames(known, variant ?? '')}`;
		throw new BadInput(`${file}: the task "${task}" is not on the variant "${variant}" (${on})`);
	}
	for (const instance of meant) {
		const { depends_on: _, ...alone } = instance;
		const setup = Setup.parse({ project: slice(project, [alone]), tasks: [alone], hosts: [host] });
		yield { setup, instance, imported };
	}
}
