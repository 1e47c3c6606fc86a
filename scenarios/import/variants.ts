import { NAME_LENGTH, type Project } from '../../model/vocabulary/project.ts';
import type { TaskInstance } from '../../model/vocabulary/setup.ts';
import { type Place, problemAt } from '../problem.ts';
import { matrixVariants } from './matrix.ts';
import { isSelector, Selection } from './selector.ts';
import type { Findings, Reference, WrittenProject } from './written.ts';

/** A build variant and the tasks that run on it, listed there or by way of a task group. */
export type Variant = { readonly name: string; readonly tasks: readonly string[] };

/**
 * The variant of a task that no variant runs. A command with `variants` does not run on it.
 */
export const ANY_VARIANT = 'any-variant';

/**
 * The tasks of each variant, those of matrix definitions among them, in the order in which they are
 * listed: by name, by task group, or by a selector of tasks and groups. What names nothing is told.
 */
export function resolveVariants(project: WrittenProject, findings: Findings): Variant[] {
	const tasks = new Selection(project.tasks);
	const groups = new Selection(project.groups);
	const taskNames = ({ name, place }: Reference): string[] => {
		const found = tasks.of(name);
		if (found === null) findings.warnings.push(nothing(name, place));
		return (found ?? []).map((task) => task.name);
	};
	const resolve = ({ name, place }: Reference): string[] => {
		const those = groups.of(name);
		if (those === null) return taskNames({ name, place });
		const members = those.flatMap((group) => group.tasks).flatMap(taskNames);
		return [...(tasks.of(name) ?? []).map((task) => task.name), ...members];
	};
	return [...project.variants, ...matrixVariants(project, findings)].map((variant) => {
		const without = new Set(variant.without.flatMap(resolve));
		const all = new Set(variant.tasks.flatMap(resolve));
		return { name: variant.name, tasks: [...all].filter((task) => !without.has(task)) };
	});
}

const nothing = (name: string, place: Place) =>
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

/**
 * The tasks of a version: each task of the project on every variant that runs it, else on
 * `any-variant`; in the order of the project, then of the variants. The id is the task's name; where
 * a task is on several variants, `task@variant`.
 */
export function taskInstances(project: Project, variants: readonly Variant[]): TaskInstance[] {
	const places = new Map<string, string[]>();
	for (const variant of variants)
		for (const task of variant.tasks) places.set(task, [...(places.get(task) ?? []), variant.name]);
	const taken = new Set(project.tasks.map(({ name }) => name));
	const idOf = (name: string, variant: string): string => {
		const wanted = `${name}@${variant}`.slice(0, NAME_LENGTH - 8);
		let id = wanted;
		for (let next = 2; taken.has(id); next++) id = `${wanted}#${next}`;
		taken.add(id);
		return id;
	};
	return project.tasks.flatMap(({ name }) => {
		const [first = ANY_VARIANT, ...others] = places.get(name) ?? [];
		if (others.length === 0) return [{ id: name, task: name, variant: first }];
		return [first, ...others].map((variant) => ({
			id: idOf(name, variant),
			task: name,
			variant,
		}));
	});
}
