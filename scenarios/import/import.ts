import { basename } from 'node:path';
import {
	type Command,
	EXPANDED_LENGTH,
	expandedLength,
	GROUP_BLOCKS,
	Project,
	type Step,
	type TaskGroup,
} from '../../model/vocabulary/project.ts';
import { insideOf, type Resolve, repositoryTop } from '../yaml/inside.ts';
import { type Place, type Problem, problemAt, wholeFile, withoutRepeats } from '../yaml/problem.ts';
import { collect } from './collect.ts';
import { merge } from './merge.ts';
import { withParams } from './params.ts';
import { warnOfUndefinedFunctions } from './steps.ts';
import { groupMembers, resolveVariants, type Variant, type VariantRuns } from './variants.ts';
import { type Version, versionOf } from './version.ts';
import type { Warning } from './warning.ts';
import {
	type Findings,
	PROJECT_BLOCKS,
	type WrittenFile,
	type WrittenGroup,
	type WrittenProject,
	type WrittenStep,
} from './written.ts';

/** A project file of the CI system, read for its automatic retries. */
export type Imported = {
	readonly kind: 'imported';
	readonly project: Project;
	readonly variants: readonly Variant[];
	/** All that these variants run, with what restarts together and what waits for what. */
	readonly version: Version;
	readonly warnings: readonly Warning[];
	readonly read: ReadProject;
};

/** The files as they are written: each by itself, and all of them as one. */
export type ReadProject = {
	readonly files: readonly WrittenFile[];
	readonly whole: WrittenProject;
	/** The tasks of each group, and of each variant, by name. */
	readonly members: ReadonlyMap<string, readonly string[]>;
	readonly variants: readonly VariantRuns[];
};

export type ImportRefused = {
	readonly kind: 'refused';
	readonly problems: readonly Problem[];
	readonly warnings: readonly Warning[];
};

export type ImportOptions = {
	/**
	 * How included files are found. By default they are named from the top of the repository
	 * (`repositoryTop`) and nothing outside of it is read. `none`: includes are not followed.
	 */
	readonly includes?: Resolve | 'none';
	/** Whether what only those need who run it is kept: parameters, `vars` and time limits. */
	readonly params?: boolean;
};

/**
 * Imports an Evergreen project file and what it includes. Errors of the files are values with a
 * place and a remedy; whatever does not matter to automatic retry is passed over.
 */
export function importProject(
	path: string,
	{ includes = insideOf(repositoryTop(path)), params = false }: ImportOptions = {},
): Imported | ImportRefused {
	const findings: Findings = { errors: [], warnings: [] };
	const files = collect(path, includes === 'none' ? undefined : includes, findings);
	const written = merge(files, findings);
	const members = groupMembers(written, findings);
	const project = Project.safeParse(toProject(written, members, path, params ? findings : null));
	if (!project.success)
		for (const issue of project.error.issues)
			findings.errors.push(
				problemAt(
					placeOf(issue.path, written) ?? wholeFile(path),
					`${issue.path.join('.')}: ${issue.message}`,
					issue.code === 'too_big'
						? 'make the project smaller or the name shorter'
						: 'write another one',
				),
			);
	if (project.success) refuseVast(project.data, path, findings);
	if (!project.success || findings.errors.length > 0)
		return {
			kind: 'refused',
			problems: withoutRepeats(findings.errors),
			warnings: withoutRepeats(findings.warnings),
		};
	warnOfUndefinedFunctions(written, findings);
	const variants = resolveVariants(written, members, findings);
	return {
		kind: 'imported',
		project: project.data,
		variants: variants.map(({ name, runs }) => ({ name, tasks: [...runs.keys()] })),
		version: versionOf(written, project.data, variants, findings),
		warnings: withoutRepeats(findings.warnings),
		read: { files, whole: written, members, variants },
	};
}

/** Where a part of a project is written, as near as its commands; undefined for what is no task, function or group. */
function placeOf(path: readonly PropertyKey[], written: WrittenProject): Place | undefined {
	const [kind, which, list, index] = path;
	if (kind === 'tasks') {
		const task = written.tasks[Number(which)];
		return (list === 'commands' ? task?.commands[Number(index)]?.place : undefined) ?? task?.place;
	}
	if (kind === 'functions') {
		const one = written.functions.find(({ name }) => name === which);
		return one?.commands[Number(list)]?.place ?? one?.place;
	}
	const block = PROJECT_BLOCKS.find((one) => one === kind);
	return block === undefined ? undefined : written.blocks[block]?.steps[Number(which)]?.place;
}

/** A block of functions of functions' size would take minutes to run through, and nobody writes one. */
function refuseVast(project: Project, file: string, findings: Findings): void {
	const blocks = [
		...(['pre', 'timeout', 'post'] as const).map((block) => [block, project[block]] as const),
		...project.tasks.map(({ name, commands }) => [`task "${name}"`, commands] as const),
		...(project.task_groups ?? []).flatMap((group) =>
			GROUP_BLOCKS.map((block) => [`${block} of "${group.name}"`, group[block]] as const),
		),
	];
	for (const [name, steps] of blocks)
		if (expandedLength(project, steps) > EXPANDED_LENGTH)
			findings.errors.push(
				problemAt(
					wholeFile(file),
					`${name} has more than ${EXPANDED_LENGTH} commands when its functions are expanded`,
					'call smaller functions, or call them less often',
				),
			);
}

/** `findings`: where the reading of parameters goes; null without them. */
function toProject(
	written: WrittenProject,
	members: ReadonlyMap<string, readonly string[]>,
	path: string,
	findings: Findings | null,
): Project {
	const one = <Written extends Step>({ step, item }: WrittenStep & { step: Written }): Written =>
		findings === null ? step : withParams(step, item, findings);
	const steps = (entries: readonly WrittenStep[]): Step[] => entries.map((entry) => one(entry));
	const { blocks, switches, functions } = written;
	const limits = (its: readonly { name: string; seconds: number }[]) =>
		findings === null ? {} : Object.fromEntries(its.map(({ name, seconds }) => [name, seconds]));
	const groups = written.groups.flatMap((group): TaskGroup[] => {
		const tasks = members.get(group.name) ?? [];
		if (tasks.length === 0) return [];
		return [{ ...groupOf(group, steps), tasks: [...tasks], ...limits(group.limits) }];
	});
	return {
		id: basename(path).replace(/\.ya?ml$/, '') || 'project',
		...(written.command_type === null ? {} : { command_type: written.command_type.type }),
		tasks: written.tasks.map((task) => ({
			name: task.name,
			commands: steps(task.commands),
			...limits(task.limits),
		})),
		...(functions.length === 0
			? {}
			: {
					functions: Object.fromEntries(
						functions.map(({ name, commands }) => [
							name,
							commands.map((entry) => withoutVariants(one(entry))),
						]),
					),
				}),
		...(blocks.pre === undefined ? {} : { pre: steps(blocks.pre.steps) }),
		...(blocks.timeout === undefined ? {} : { timeout: steps(blocks.timeout.steps) }),
		...(blocks.post === undefined ? {} : { post: steps(blocks.post.steps) }),
		...Object.fromEntries(switches.map(({ name, on }) => [name, on])),
		...(groups.length === 0 ? {} : { task_groups: groups }),
		...limits(written.limits),
	};
}

/** On which variants a function runs is asked of its call, and of none of its commands (lifecycle 3.3). */
const withoutVariants = ({ variants: _, ...command }: Command): Command => command;

const groupOf = (
	{ name, max_hosts, share_processes, blocks, switches }: WrittenGroup,
	steps: (entries: readonly WrittenStep[]) => Step[],
): Omit<TaskGroup, 'tasks'> => ({
	name,
	...(max_hosts === null ? {} : { max_hosts }),
	...(share_processes === null ? {} : { share_processes }),
	...Object.fromEntries(
		GROUP_BLOCKS.flatMap((block) => {
			const entries = blocks[block];
			return entries === undefined ? [] : [[block, steps(entries)]];
		}),
	),
	...Object.fromEntries(switches.map((it) => [it.name, it.on])),
});
