import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { ImportOptions, ImportRefused } from '../scenarios/import/import.ts';
import { type ProjectOnTrial, projectOnTrial } from '../scenarios/trial/project-on-trial.ts';
import { repositoryTop } from '../scenarios/yaml/inside.ts';
import type { Place } from '../scenarios/yaml/problem.ts';

/** The folder of mulligan itself: a checkout, or where the package is installed. Both have these files in these places. */
const ROOT = repositoryTop(import.meta.filename, ['package.json']);

/** Stories that once showed a mistake. */
export const CORPUS = join(ROOT, 'properties/corpus');
export const SCENARIOS = join(ROOT, 'scenarios/stories');
const PROJECTS = join(ROOT, 'scenarios/projects');

/** Where the JSON Schema of scenarios lies, from a folder. */
export const schemaFrom = (folder: string): string =>
	relative(folder, join(ROOT, 'scenarios/scenario.schema.json')).replaceAll(sep, '/');

/** The project whose tasks are tried where none is named. */
export const EXAMPLE = 'example';

/** The file of a scenario; one that comes along can be named without its folder. A file of that path wins. */
export const scenarioFile = (given: string): string => fileIn(SCENARIOS, given);

/** The same of a project file. */
export const projectFile = (given: string): string => fileIn(PROJECTS, given);

/** A project under the name that it was given: what is printed with it can be given again, wherever that is. */
export function givenProject(
	given: string,
	options?: ImportOptions,
): ProjectOnTrial | ImportRefused {
	const path = projectFile(given);
	const project = projectOnTrial(path, options);
	if (project.kind === 'refused') return project;
	const named = <At extends Place>(at: At): At => (at.file === path ? { ...at, file: given } : at);
	return {
		...project,
		file: given,
		flagged: project.flagged.map((one) => ({ ...one, place: named(one.place) })),
		warnings: project.warnings.map(named),
	};
}

function fileIn(folder: string, given: string): string {
	const [, name] = /^([\w-]+)(?:\.yml)?$/.exec(given) ?? [];
	if (name === undefined || existsSync(given)) return given;
	const file = join(folder, `${name}.yml`);
	return existsSync(file) ? relative('', file) : given;
}
