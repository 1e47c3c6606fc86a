import type { CommandOutcome, Position } from '../vocabulary/event.ts';
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

/** A command as a judge reads it from the setup: of one block, for one task of the version. */
export interface PlannedCommand {
	readonly position: Position;
	/** What a reader of the project calls it. */
	readonly name: string;
	/** Its own type, else the call's, else the project's, else `test`. */
	readonly type: CommandType;
	/** Its own flag (C1, C2). */
	readonly flagged: boolean;
	/** The flag of the call that it is a member of, which has no effect (C2). */
	readonly calledWithFlag: boolean;
	readonly background: boolean;
	/** It and its call are listed for the variant of the task (C3). */
	readonly listed: boolean;
}

/** All commands of one task of the version, by block, step and member. */
export interface Plan {
	readonly steps: Readonly<Record<Block, readonly (readonly PlannedCommand[])[]>>;
	/** The commands of post that are listed and waited for, in order (L3). */
	readonly post: readonly PlannedCommand[];
	/** Some command is not listed for the variant. */
	readonly skips: boolean;
}

const listed = (step: Command | FunctionCall, variant: string): boolean =>
	step.variants === undefined || step.variants.includes(variant);

function planStep(
	project: Project,
	block: Block,
	step: number,
	entry: Step,
	variant: string,
): PlannedCommand[] {
	const call = isFunctionCall(entry) ? entry : null;
	const functions = project.functions ?? {};
	const members = isFunctionCall(entry)
		? Object.hasOwn(functions, entry.func)
			? (functions[entry.func] ?? [])
			: []
		: [entry];
	return members.map((command, member) => ({
		position: { block, step, member: call === null ? null : member },
		name: command.display_name ?? command.command,
		type: command.type ?? call?.type ?? project.command_type ?? 'test',
		flagged: command.retry_on_failure === true,
		calledWithFlag: call?.retry_on_failure === true,
		background: command.background === true,
		listed: listed(command, variant) && (call === null || listed(call, variant)),
	}));
}

function makePlan({ project }: Setup, { task, variant }: TaskInstance): Plan {
	const main = project.tasks.find(({ name }) => name === task)?.commands ?? [];
	const plan = (block: Block, steps: readonly Step[] = []) =>
		steps.map((entry, step) => planStep(project, block, step, entry, variant));
	const steps = {
		pre: plan('pre', project.pre),
		setup_group: [],
		setup_task: [],
		main: plan('main', main),
		timeout: plan('timeout', project.timeout),
		post: plan('post', project.post),
		teardown_task: [],
		teardown_group: [],
	};
	return {
		steps,
		post: steps.post.flat().filter((command) => command.listed && !command.background),
		skips: Object.values(steps).some((block) => block.flat().some((command) => !command.listed)),
	};
}

const plans = new WeakMap<Setup, Map<string, Plan>>();

/** The commands of a task of the setup. Worked out once a setup. */
export function planOf(setup: Setup, task: string): Plan | undefined {
	let made = plans.get(setup);
	if (made === undefined) {
		made = new Map(setup.tasks.map((instance) => [instance.id, makePlan(setup, instance)]));
		plans.set(setup, made);
	}
	return made.get(task);
}

/** The command that stands at a position, whether or not it is listed for the variant. */
export function commandAt(plan: Plan, position: Position): PlannedCommand | null {
	const command = plan.steps[position.block][position.step]?.[position.member ?? 0];
	return command?.position.member === position.member ? command : null;
}

/** The table under S4: whether a foreground command of this block that ends so fails its task. */
export function failsTask(project: Project, block: Block, outcome: CommandOutcome): boolean {
	if (outcome === 'succeeded') return false;
	switch (block) {
		case 'pre':
			return (
				project.pre_error_fails_task === true ||
				outcome === 'timed-out-exec' ||
				outcome === 'timed-out-idle'
			);
		case 'main':
			return true;
		case 'timeout':
		case 'setup_group':
		case 'setup_task':
		case 'teardown_task':
		case 'teardown_group':
			return false;
		case 'post':
			return project.post_error_fails_task === true;
	}
}

/** Whether a background command that was started in this block can fail the task. */
export const canFailTask = (project: Project, block: Block): boolean =>
	block === 'main' || (block === 'pre' && project.pre_error_fails_task === true);

const ignored = new WeakMap<Setup, readonly IgnoredFlag[]>();

/** C2: the calls whose flag has no effect; first the blocks of the project, then the tasks in use. */
export function ignoredFlagsOf(setup: Setup): readonly IgnoredFlag[] {
	const known = ignored.get(setup);
	if (known !== undefined) return known;
	const { project } = setup;
	const found: IgnoredFlag[] = [];
	const look = (task: string | null, block: Block, steps: readonly Step[] = []) => {
		steps.forEach((entry, step) => {
			if (isFunctionCall(entry) && entry.retry_on_failure === true)
				found.push({ task, block, step, func: entry.func });
		});
	};
	look(null, 'pre', project.pre);
	look(null, 'timeout', project.timeout);
	look(null, 'post', project.post);
	for (const task of project.tasks)
		if (setup.tasks.some((instance) => instance.task === task.name))
			look(task.name, 'main', task.commands);
	ignored.set(setup, found);
	return found;
}
