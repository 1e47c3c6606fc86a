import { variantOf } from '../designs/index.ts';
import type { Position } from '../vocabulary/event.ts';
import type { IgnoredFlag } from '../vocabulary/observation.ts';
import {
	type Block,
	type Command,
	type CommandType,
	type FunctionCall,
	isFunctionCall,
	type Project,
	type Step,
} from '../vocabulary/project.ts';
import type { Setup, TaskInstance } from '../vocabulary/setup.ts';

/** A command as the block machine hears of it. */
export interface Instruction {
	readonly position: Position;
	readonly flagged: boolean;
	readonly type: CommandType;
	readonly background: boolean;
	/** A command of the agent that asks for a restart before the command at this position. */
	readonly asks?: true;
}

/** What an agent runs for a task: each block with functions expanded and variants applied (C2, C3). */
export type Program = Readonly<Record<Block, readonly Instruction[]>>;

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

/** Where a failure may fail the task: in pre with its switch off, a time-out may (S4). */
const mayFail = (block: Block, project: Project): boolean =>
	block === 'post' ? project.post_error_fails_task === true : block !== 'timeout';

const askedBefore = (instruction: Instruction): Instruction[] =>
	instruction.flagged
		? [{ ...instruction, flagged: false, background: false, asks: true }, instruction]
		: [instruction];

export function programOf(setup: Setup, instance: TaskInstance): Program {
	const { project } = setup;
	const expanded = (block: Block, steps: readonly Step[] | undefined): Instruction[] => {
		const instructions = expand(block, steps, project, instance.variant);
		const asked = variantOf(setup).asksBefore && mayFail(block, project);
		return asked ? instructions.flatMap(askedBefore) : instructions;
	};
	const main = project.tasks.find((task) => task.name === instance.task)?.commands;
	return {
		pre: expanded('pre', project.pre),
		setup_group: [],
		setup_task: [],
		main: expanded('main', main),
		timeout: expanded('timeout', project.timeout),
		post: expanded('post', project.post),
		teardown_task: [],
		teardown_group: [],
	};
}

/** The function calls whose flag has no effect (C2): project blocks first, then the tasks in use. */
export function ignoredFlags(setup: Setup): IgnoredFlag[] {
	const { project } = setup;
	const inUse = new Set(setup.tasks.map((instance) => instance.task));
	const calls = (task: string | null, block: Block, steps: readonly Step[] | undefined) =>
		(steps ?? []).flatMap((entry, step): IgnoredFlag[] =>
			isFunctionCall(entry) && entry.retry_on_failure === true
				? [{ task, block, step, func: entry.func }]
				: [],
		);
	return [
		...calls(null, 'pre', project.pre),
		...calls(null, 'timeout', project.timeout),
		...calls(null, 'post', project.post),
		...project.tasks
			.filter((task) => inUse.has(task.name))
			.flatMap((task) => calls(task.name, 'main', task.commands)),
	];
}
