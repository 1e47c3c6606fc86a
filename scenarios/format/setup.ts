import { dirname } from 'node:path';
import type { Project } from '../../model/vocabulary/project.ts';
import { Policy, Setup, type TaskInstance } from '../../model/vocabulary/setup.ts';
import { importProject } from '../import/import.ts';
import { lintImported } from '../lint/lint.ts';
import { slice } from '../trial/slice.ts';
import { insideOf, type Resolve } from '../yaml/inside.ts';
import { type Place, type Problem, problemAt } from '../yaml/problem.ts';
import type { YamlValue } from '../yaml/value.ts';
import { problemsOf } from './issues.ts';
import type { ScenarioFile } from './scenario-file.ts';

/** The variant of a task that says nothing else. */
export const DEFAULT_VARIANT = 'linux';
export const DEFAULT_HOST = 'h1';
/** The id of a project that is written in a scenario and has none. */
export const DEFAULT_PROJECT = 'project';

export type SetupRead =
	| {
			readonly kind: 'read';
			readonly setup: Setup;
			readonly warnings: readonly Problem[];
			/** The project file, and what it includes. */
			readonly files: readonly string[];
	  }
	| { readonly kind: 'refused'; readonly problems: readonly Problem[] };

const refused = (...problems: Problem[]): SetupRead => ({ kind: 'refused', problems });

/** The project of a scenario, and the variant on which each of its tasks runs by default. */
type Chosen = {
	readonly project: Project;
	readonly variantOf: (task: string) => string;
	readonly warnings: readonly Problem[];
	readonly files: readonly string[];
};

/**
 * Makes the setup of a scenario. Of a project file only what the tasks need is kept, so that replay
 * tokens stay short. `top` is the folder that a project file may not leave.
 */
export function setUp(file: ScenarioFile, root: YamlValue, path: string, top: string): SetupRead {
	const chosen = chooseProject(file, root, insideOf(top, dirname(path)), top);
	if (chosen.kind === 'refused') return chosen;
	const { project, variantOf, warnings, files } = chosen;
	const [first, ...others] = project.tasks;
	if (file.tasks === undefined && (first === undefined || others.length > 0))
		return refused(
			problemAt(
				root.find(['project']).keyPlace,
				`the project has ${project.tasks.length} tasks; say which of them run`,
				'write tasks: [name]',
			),
		);
	const tasks = (file.tasks ?? [first?.name ?? '']).map((written): TaskInstance => {
		const { task, variant, id, ...rest } =
			typeof written === 'string' ? { task: written } : written;
		return { id: id ?? task, task, variant: variant ?? variantOf(task), ...rest };
	});
	const setup = Setup.safeParse({
		project,
		tasks,
		...(file.display_tasks === undefined ? {} : { display_tasks: file.display_tasks }),
		hosts: file.hosts ?? [DEFAULT_HOST],
		requester: file.requester,
		policy: file.policy ?? Policy.parse({}),
		...(file.design === undefined ? {} : { design: file.design }),
	});
	if (!setup.success) return refused(...problemsOf(setup.error.issues, root));
	const needed =
		file.project_file === undefined ? setup.data.project : slice(setup.data.project, tasks);
	return { kind: 'read', setup: { ...setup.data, project: needed }, warnings, files };
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
	if (project !== undefined && project_file !== undefined)
		return refuse(at('project_file'), 'there are two projects', 'keep project or project_file');
	if (project !== undefined)
		return {
			kind: 'chosen',
			project: { ...project, id: project.id ?? DEFAULT_PROJECT },
			variantOf: () => DEFAULT_VARIANT,
			warnings: [],
			files: [],
		};
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
