import type { Position } from '../../model/vocabulary/command.ts';
import { descriptorOf, type Event } from '../../model/vocabulary/events/event.ts';
import { type Block, isFunctionCall, type Step } from '../../model/vocabulary/project.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';

/** An execution as people write it: the task and its number. */
export const sayExecution = (ref: { task: string; execution: number }): string =>
	`${ref.task}/${ref.execution}`;

/**
 * Where a command stands, and its name in the project.
 * @param left the group that the host is leaving, where no task is.
 */
export function sayPosition(
	setup: Setup,
	task: string | null,
	position: Position,
	left: string | null = null,
): string {
	const { block, step, member } = position;
	const { project } = setup;
	const entry = stepsOf(setup, task, block, left)?.[step];
	const place = `${block} ${step + 1}${member === null ? '' : `.${member + 1}`}`;
	if (entry === undefined) return place;
	if (!isFunctionCall(entry)) return `${place} ${entry.display_name ?? entry.command}`;
	const command = project.functions?.[entry.func]?.[member ?? 0];
	return `${place} ${entry.func} › ${command?.display_name ?? command?.command ?? ''}`;
}

/** The steps of a block: of the task's group, or that the host is leaving, where the block is one of a group. */
function stepsOf(
	{ project, tasks }: Setup,
	id: string | null,
	block: Block,
	left: string | null,
): readonly Step[] | undefined {
	const instance = tasks.find((candidate) => candidate.id === id);
	const name = block === 'teardown_group' ? left : instance?.group;
	const group = project.task_groups?.find((candidate) => candidate.name === name);
	switch (block) {
		case 'main':
			return project.tasks.find((candidate) => candidate.name === instance?.task)?.commands;
		case 'timeout':
			return group?.timeout ?? project.timeout;
		case 'pre':
		case 'post':
			return project[block];
		default:
			return group?.[block];
	}
}

/** One event in words. */
export const sayEvent = (event: Event): string => descriptorOf(event.kind).say(event);
