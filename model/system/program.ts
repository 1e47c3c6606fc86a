import { variantOf } from '../designs/index.ts';
import type { TaskRun } from '../machines/signals.ts';
import type { Position } from '../vocabulary/command.ts';
import type { IgnoredFlag } from '../vocabulary/observation.ts';
import {
	type Block,
	type Command,
	type CommandType,
	type FunctionCall,
	GROUP_BLOCKS,
	isFunctionCall,
	type Project,
	type Step,
	type TaskGroup,
} from '../vocabulary/project.ts';
import type { Setup, TaskInstance } from '../vocabulary/setup.ts';
import { type GroupInstance, groupInstances } from '../vocabulary/structure.ts';

/** A command as the block machine hears of it. */
export interface Instruction {
	readonly position: Position;
	readonly flagged: boolean;
	readonly type: CommandType;
	readonly background: boolean;
	/** A command of the agent that asks for a restart before the command at this position. */
	readonly asks?: true;
}

/** What an agent runs for a task, or to leave a group: blocks with functions expanded and variants applied (C2, C3). */
export type Program = Readonly<Record<Block, readonly Instruction[]>>;

const NOTHING: Program = {
	pre: [],
	setup_group: [],
	setup_task: [],
	main: [],
	timeout: [],
	post: [],
	teardown_task: [],
	teardown_group: [],
};

const runsOn = (variants: readonly string[] | undefined, variant: string): boolean =>
	variants === undefined || variants.includes(variant);

function expand(
	block: Block,
	steps: readonly Step[] | undefined,
	project: Project,
	variant: string,
): Instruction[] {
	const instruction = (
		command: Command,
		call: FunctionCall | null,
		step: number,
		member: number | null,
	): Instruction => ({
		position: { block, step, member },
		flagged: command.retry_on_failure === true,
		type: command.type ?? call?.type ?? project.command_type ?? 'test',
		background: command.background === true,
	});
	return (steps ?? []).flatMap((entry, step) => {
		if (!runsOn(entry.variants, variant)) return [];
		if (!isFunctionCall(entry)) return [instruction(entry, null, step, null)];
		const { functions = {} } = project;
		const members = Object.hasOwn(functions, entry.func) ? (functions[entry.func] ?? []) : [];
		return members.flatMap((command, member) =>
			runsOn(command.variants, variant) ? [instruction(command, entry, step, member)] : [],
		);
	});
}

const groupOf = (project: Project, name: string | undefined): TaskGroup | undefined =>
	name === undefined ? undefined : project.task_groups?.find((group) => group.name === name);

const askedBefore = (instruction: Instruction): Instruction[] =>
	instruction.flagged
		? [{ ...instruction, flagged: false, background: false, asks: true }, instruction]
		: [instruction];

/** What an agent runs for a task while it holds an execution of it. */
export function programOf(setup: Setup, { task, variant, group: name }: TaskInstance): Program {
	const { project } = setup;
	const group = groupOf(project, name);
	const block = (name: Block, steps: readonly Step[] | undefined): Instruction[] =>
		expand(name, steps, project, variant);
	/** Of a block in which a failure may fail the task: before main a time-out may, whatever the switch (S4). */
	const asking = (instructions: Instruction[]): Instruction[] =>
		variantOf(setup).asksBefore ? instructions.flatMap(askedBefore) : instructions;
	const main = asking(block('main', project.tasks.find(({ name }) => name === task)?.commands));
	const after = (instructions: Instruction[], canFail: boolean | undefined): Instruction[] =>
		canFail === true ? asking(instructions) : instructions;
	if (group === undefined)
		return {
			...NOTHING,
			pre: asking(block('pre', project.pre)),
			main,
			timeout: block('timeout', project.timeout),
			post: after(block('post', project.post), project.post_error_fails_task),
		};
	return {
		...NOTHING,
		setup_group: asking(block('setup_group', group.setup_group)),
		setup_task: asking(block('setup_task', group.setup_task)),
		main,
		timeout: block('timeout', group.timeout ?? project.timeout),
		teardown_task: after(
			block('teardown_task', group.teardown_task),
			group.teardown_task_can_fail_task,
		),
	};
}

/** What an agent runs when its host leaves a group, whatever it was given since. */
export const leavingProgramOf = (
	{ project }: Setup,
	{ group, variant }: GroupInstance,
): Program => ({
	...NOTHING,
	teardown_group: expand(
		'teardown_group',
		groupOf(project, group)?.teardown_group,
		project,
		variant,
	),
});

/** What an agent has to know of each task of the setup, beside its commands. */
export function runsOf(setup: Setup): TaskRun[] {
	const { project } = setup;
	const instances = groupInstances(setup);
	return setup.tasks.map(({ group: name }, task): TaskRun => {
		const group = groupOf(project, name);
		if (group === undefined)
			return {
				group: null,
				setUp: { block: 'pre', canFail: project.pre_error_fails_task === true },
				cleanUp: { block: 'post', canFail: project.post_error_fails_task === true },
			};
		return {
			group: {
				instance: instances.findIndex(({ tasks }) => tasks.includes(task)),
				canFail: group.setup_group_can_fail_task === true,
			},
			setUp: { block: 'setup_task', canFail: group.setup_task_can_fail_task === true },
			cleanUp: { block: 'teardown_task', canFail: group.teardown_task_can_fail_task === true },
		};
	});
}

/** The function calls whose flag has no effect (C2): project blocks first, then the groups and the tasks in use. */
export function ignoredFlags(setup: Setup): IgnoredFlag[] {
	const { project } = setup;
	const calls = (
		where: Pick<IgnoredFlag, 'task' | 'group'>,
		block: Block,
		steps: readonly Step[] | undefined,
	) =>
		(steps ?? []).flatMap((entry, step): IgnoredFlag[] =>
			isFunctionCall(entry) && entry.retry_on_failure === true
				? [{ ...where, block, step, func: entry.func }]
				: [],
		);
	return [
		...calls({ task: null }, 'pre', project.pre),
		...calls({ task: null }, 'timeout', project.timeout),
		...calls({ task: null }, 'post', project.post),
		...(project.task_groups ?? [])
			.filter(({ name }) => setup.tasks.some(({ group }) => group === name))
			.flatMap((group) =>
				GROUP_BLOCKS.flatMap((block) =>
					calls({ task: null, group: group.name }, block, group[block]),
				),
			),
		...project.tasks
			.filter(({ name }) => setup.tasks.some(({ task }) => task === name))
			.flatMap(({ name, commands }) => calls({ task: name }, 'main', commands)),
	];
}
