import { isFunctionCall } from '../../model/vocabulary/project.ts';
import type { TaskInstance } from '../../model/vocabulary/setup.ts';
import type { WrittenProject, WrittenStep } from './written.ts';

/** A command that a task may run, and the function that it is a member of. */
export type Reached = WrittenStep & { readonly func: string | null };

/**
 * The commands that a task may run, in the order in which they may: those of all of its blocks, functions expanded, and
 * those for other variants left out (C3).
 */
export function reached(
	project: WrittenProject,
	{ task, group, variant }: Pick<TaskInstance, 'task' | 'group' | 'variant'>,
): Reached[] {
	const { blocks } = project;
	const main = project.tasks.find(({ name }) => name === task)?.commands ?? [];
	const own = project.groups.find(({ name }) => name === group)?.blocks;
	const steps =
		own === undefined
			? [blocks.pre?.steps, main, blocks.timeout?.steps, blocks.post?.steps]
			: [
					...[own.setup_group, own.setup_task, main, own.timeout ?? blocks.timeout?.steps],
					...[own.teardown_task, own.teardown_group],
				];
	const functions = new Map(project.functions.map(({ name, commands }) => [name, commands]));
	const isFor = ({ step }: WrittenStep): boolean => step.variants?.includes(variant) ?? true;
	return steps.flatMap((block = []) =>
		block.filter(isFor).flatMap((entry): Reached[] => {
			const { step } = entry;
			if (!isFunctionCall(step)) return [{ ...entry, func: null }];
			// On which variants it runs is asked of the call alone.
			return (functions.get(step.func) ?? []).map((member) => ({ ...member, func: step.func }));
		}),
	);
}
