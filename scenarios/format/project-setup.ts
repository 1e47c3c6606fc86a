import type { Project } from '../../model/vocabulary/project.ts';
import { Policy, Setup, type TaskInstance } from '../../model/vocabulary/setup.ts';
import { slice } from '../trial/slice.ts';
import { type Problem, problemAt } from '../yaml/problem.ts';
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

export const refused = (...problems: Problem[]): SetupRead => ({ kind: 'refused', problems });

/** The project of a scenario, and the variant on which each of its tasks runs by default. */
export type Chosen = {
	readonly project: Project;
	readonly variantOf: (task: string) => string;
	readonly warnings: readonly Problem[];
	readonly files: readonly string[];
};

/** The project that is written in a scenario; null: it names a file, or none. */
export const writtenProject = ({ project }: ScenarioFile): Chosen | null =>
	project === undefined
		? null
		: {
				project: { ...project, id: project.id ?? DEFAULT_PROJECT },
				variantOf: () => DEFAULT_VARIANT,
				warnings: [],
				files: [],
			};

/** The setup of a scenario whose project is known. Of a project file only what the tasks need is kept, so that replay tokens stay short. */
export function setUpWith(file: ScenarioFile, root: YamlValue, chosen: Chosen): SetupRead {
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
		...(file.other_versions === undefined
			? {}
			: {
					other_versions: file.other_versions.map((one) =>
						typeof one === 'string' ? { id: one } : one,
					),
				}),
		hosts: file.hosts ?? [DEFAULT_HOST],
		...(file.late_hosts === undefined ? {} : { late_hosts: file.late_hosts }),
		requester: file.requester,
		policy: file.policy ?? Policy.parse({}),
		...(file.design === undefined ? {} : { design: file.design }),
	});
	if (!setup.success) return refused(...problemsOf(setup.error.issues, root));
	const needed =
		file.project_file === undefined ? setup.data.project : slice(setup.data.project, tasks);
	return { kind: 'read', setup: { ...setup.data, project: needed }, warnings, files };
}
