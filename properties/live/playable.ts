import {
	type Command,
	GROUP_BLOCKS,
	isFunctionCall,
	type Project,
	type Step,
	type TaskGroup,
} from '../../model/vocabulary/project.ts';

/**
 * The project as a real agent takes it: only shells can run in the background, so that any other command of
 * which a story says so becomes one. What commands do is steered anyway.
 */
export function playable(project: Project): Project {
	const { functions = {}, tasks, pre, timeout, post, task_groups } = project;
	return {
		...project,
		tasks: tasks.map((task) => ({ ...task, commands: task.commands.map(playableStep) })),
		functions: Object.fromEntries(
			Object.entries(functions).map(([name, members]) => [name, members.map(playableCommand)]),
		),
		...(pre === undefined ? {} : { pre: pre.map(playableStep) }),
		...(timeout === undefined ? {} : { timeout: timeout.map(playableStep) }),
		...(post === undefined ? {} : { post: post.map(playableStep) }),
		...(task_groups === undefined ? {} : { task_groups: task_groups.map(playableGroup) }),
	};
}

function playableGroup(group: TaskGroup): TaskGroup {
	const blocks = GROUP_BLOCKS.flatMap((name) => {
		const steps = group[name];
		return steps === undefined ? [] : [[name, steps.map(playableStep)] as const];
	});
	return { ...group, ...Object.fromEntries(blocks) };
}

const playableStep = (step: Step): Step => (isFunctionCall(step) ? step : playableCommand(step));

const playableCommand = (command: Command): Command =>
	command.background === true ? { ...command, command: 'shell.exec' } : command;
