import { dirname } from 'node:path';
import { importProject } from '../import/import.ts';
import { lintImported } from '../lint/lint.ts';
import { insideOf, type Resolve } from '../yaml/inside.ts';
import { type Place, problemAt } from '../yaml/problem.ts';
import type { YamlValue } from '../yaml/value.ts';
import {
	type Chosen,
	DEFAULT_VARIANT,
	type SetupRead,
	setUpWith,
	writtenProject,
} from './project-setup.ts';
import type { ScenarioFile } from './scenario-file.ts';

/** Makes the setup of a scenario. `top` is the folder that a project file may not leave. */
export function setUp(file: ScenarioFile, root: YamlValue, path: string, top: string): SetupRead {
	const chosen = chooseProject(file, root, insideOf(top, dirname(path)), top);
	return chosen.kind === 'refused' ? chosen : setUpWith(file, root, chosen);
}

function chooseProject(
	file: ScenarioFile,
	root: YamlValue,
	resolve: Resolve,
	top: string,
): ({ readonly kind: 'chosen' } & Chosen) | Extract<SetupRead, { kind: 'refused' }> {
	const { project, project_file } = file;
	const at = (key: string): Place => root.find([key]).keyPlace;
	const refuse = (place: Place, message: string, remedy: string) =>
		({ kind: 'refused', problems: [problemAt(place, message, remedy)] }) as const;
	const written = writtenProject(file);
	if (project !== undefined && project_file !== undefined)
		return refuse(at('project_file'), 'there are two projects', 'keep project or project_file');
	if (written !== null) return { kind: 'chosen', ...written };
	if (project_file === undefined)
		return refuse(root.place, 'there is no project', 'write project or project_file');
	const named = resolve(project_file);
	if (named.kind !== 'found')
		return refuse(
			at('project_file'),
			named.kind === 'missing'
				? `"${project_file}" does not exist`
				: `"${project_file}" is outside the folder that scenarios may read`,
			'name a file from the folder of this scenario',
		);
	const imported = importProject(named.path, { includes: insideOf(top) });
	if (imported.kind === 'refused') return imported;
	const variants = new Map(
		imported.version.tasks.toReversed().map(({ task, variant }) => [task, variant]),
	);
	return {
		kind: 'chosen',
		project: imported.project,
		variantOf: (task) => variants.get(task) ?? DEFAULT_VARIANT,
		files: imported.read.files.map(({ root: { place } }) => place.file),
		warnings: lintImported(imported).findings.filter(
			// That flag does something here: only the deployed agent passes it over.
			({ severity, rule, silenced }) =>
				silenced === undefined && severity !== 'note' && rule !== 'flag-in-background',
		),
	};
}
