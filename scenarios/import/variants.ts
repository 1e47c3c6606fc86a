import { type Place, problemAt } from '../yaml/problem.ts';
import { matrixVariants } from './matrix.ts';
import { isSelector, Selection } from './selector.ts';
import type {
	Findings,
	Reference,
	WrittenDependency,
	WrittenEntry,
	WrittenProject,
	WrittenVariant,
} from './written.ts';

/** A build variant and the tasks that run on it, listed there or by way of a task group. */
export type Variant = { readonly name: string; readonly tasks: readonly string[] };

/** How a task runs on a variant. */
export type Run = {
	/** The group as a member of which it runs. */
	readonly group?: string;
	/** What the variant says of what it waits for; empty where it says nothing. */
	readonly depends_on: readonly WrittenDependency[];
};

/** A build variant with its tasks, by name and in the order in which they are listed. */
export type VariantRuns = WrittenVariant & { readonly runs: ReadonlyMap<string, Run> };

/** Names of the tasks of each group, in order, by the name of the group. What names nothing is told. */
export function groupMembers(
	project: WrittenProject,
	findings: Findings,
): ReadonlyMap<string, readonly string[]> {
	const tasks = new Selection(project.tasks);
	return new Map(
		project.groups.map((group) => {
			const members = group.tasks.flatMap(({ name, place }) => {
				const found = tasks.of(name);
				if (found === null) findings.warnings.push(nothing(name, place));
				return (found ?? []).map((task) => task.name);
			});
			return [group.name, [...new Set(members)]];
		}),
	);
}

/**
 * The tasks of each variant, those of matrix definitions among them, in the order in which they are
 * listed: by name, by task group, or by a selector of tasks and groups. What names nothing is told, and
 * so is a task that is listed twice: as a member of its first group it runs once.
 */
export function resolveVariants(
	project: WrittenProject,
	members: ReadonlyMap<string, readonly string[]>,
	findings: Findings,
): VariantRuns[] {
	const tasks = new Selection(project.tasks);
	const groups = new Selection(project.groups);
	/** The tasks that are meant, each with the group by which it is. */
	const resolve = ({ name, place }: Reference): Map<string, string | undefined> => {
		const [single, several] = [tasks.of(name), groups.of(name)];
		if (single === null && several === null) findings.warnings.push(nothing(name, place));
		const meant = new Map<string, string | undefined>(
			(single ?? []).map((task) => [task.name, undefined]),
		);
		for (const group of several ?? [])
			for (const task of members.get(group.name) ?? [])
				meant.set(task, meant.get(task) ?? group.name);
		return meant;
	};
	return [...project.variants, ...matrixVariants(project, findings)].map((variant) => {
		const runs = new Map<string, Run>();
		const add = (entry: WrittenEntry): void => {
			for (const [task, group] of resolve(entry)) {
				const before = runs.get(task);
				const clash = before !== undefined && before.group !== group;
				if (clash) findings.warnings.push(twice(variant.name, task, entry.place));
				if (before === undefined || (clash && before.group === undefined))
					runs.set(task, {
						...(group === undefined ? {} : { group }),
						depends_on: entry.depends_on,
					});
			}
		};
		variant.tasks.forEach(add);
		for (const task of variant.without.flatMap((entry) => [...resolve(entry).keys()]))
			runs.delete(task);
		return { ...variant, runs };
	});
}

const twice = (variant: string, task: string, place: Place) =>
	problemAt(
		place,
		`"${task}" is listed on the variant "${variant}" as a member of a task group and once more; it runs once, as a member of the first group`,
		'list it once',
	);

/** Told where a name or selector has no tasks and no groups. */
export const nothing = (name: string, place: Place) =>
	isSelector(name)
		? problemAt(
				place,
				`no task or task group satisfies the selector "${name}"`,
				'use tags that tasks have, or include the file that defines them',
			)
		: problemAt(
				place,
				`no task or task group is named "${name}"`,
				'define it, or include the file that does',
			);
