import { NAME_LENGTH, type Project } from '../../model/vocabulary/project.ts';
import type { TaskInstance } from '../../model/vocabulary/setup.ts';
import { problemAt } from '../problem.ts';
import type { Findings, Reference, WrittenProject } from './written.ts';

/** A build variant and the tasks that it lists by name, itself or by way of a task group. */
export type Variant = { readonly name: string; readonly tasks: readonly string[] };

/**
 * The variant of a task that no variant lists by its name (it may be selected by a tag or a matrix,
 * or by nothing). A command with `variants` does not run on it.
 */
export const ANY_VARIANT = 'any-variant';

/**
 * Resolves the plain names that variants list. Selectors by tag (`.fast !.slow`, `*`) and matrix
 * definitions are left unresolved, and counted in one warning.
 */
export function resolveVariants(project: WrittenProject, findings: Findings): Variant[] {
	const tasks = new Set(project.tasks.map(({ name }) => name));
	const groups = new Map(project.groups.map((group) => [group.name, group.tasks]));
	let selectors = 0;
	const resolve = ({ name, place }: Reference): string[] => {
		if (tasks.has(name)) return [name];
		if (/^[.!*]/.test(name)) selectors += 1;
		else
			findings.warnings.push(
				problemAt(
					place,
					`no task or task group is named "${name}"`,
					'define it, or include the file that does',
				),
			);
		return [];
	};
	const variants = project.variants.map((variant) => ({
		name: variant.name,
		tasks: [
			...new Set(
				variant.tasks.flatMap((reference) =>
					(groups.get(reference.name) ?? [reference]).flatMap(resolve),
				),
			),
		],
	}));
	if (selectors + project.matrices > 0)
		findings.warnings.push(
			problemAt(
				{ file: project.name, line: 1, column: 1 },
				`not resolved: ${selectors} selectors by tag and ${project.matrices} matrix definitions`,
				`tasks that no variant lists by name are put on "${ANY_VARIANT}"`,
			),
		);
	return variants;
}

/**
 * The tasks of a version: each task of the project on every variant that lists it by name, else on
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
