import type { CommandOutcome, Position } from '../vocabulary/command.ts';
import type { HostObservation, IgnoredFlag } from '../vocabulary/observation.ts';
import {
	type Block,
	type Command,
	type CommandType,
	type FunctionCall,
	GROUP_BLOCKS,
	isFunctionCall,
	isSetUp,
	isWatched,
	type Project,
	type Step,
	type TaskGroup,
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

type Steps = readonly (readonly PlannedCommand[])[];

/** All commands of one task of the version, or of the way out of a group, by block, step and member. */
export interface Plan {
	readonly steps: ReadonlyMap<Block, Steps>;
	/** The blocks in which an error fails the task: main, and those whose switch is on. */
	readonly canFail: ReadonlySet<Block>;
	/** Where the task cleans up, and the commands there that are listed and waited for, in order (L3). */
	readonly cleanUp: { readonly block: Block; readonly commands: readonly PlannedCommand[] };
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

const groupNamed = (project: Project, name: string): TaskGroup | undefined =>
	project.task_groups?.find((group) => group.name === name);

/** What runs of these blocks on a variant, where an error fails the task in those whose switch is on. */
function planned(
	project: Project,
	variant: string,
	blocks: readonly (readonly [Block, readonly Step[] | undefined, canFail?: boolean | undefined])[],
	last: Block,
): Plan {
	const steps = new Map(
		blocks.map(([block, entries = []]): [Block, Steps] => [
			block,
			entries.map((entry, step) => planStep(project, block, step, entry, variant)),
		]),
	);
	const all = [...steps.values()].flat(2);
	return {
		steps,
		canFail: new Set(blocks.flatMap(([block, , canFail]) => (canFail === true ? [block] : []))),
		cleanUp: {
			block: last,
			commands: (steps.get(last) ?? [])
				.flat()
				.filter((command) => command.listed && !command.background),
		},
		skips: all.some((command) => !command.listed),
	};
}

function makePlan({ project }: Setup, { task, variant, group: name }: TaskInstance): Plan {
	const main = project.tasks.find((each) => each.name === task)?.commands;
	const group = name === undefined ? undefined : groupNamed(project, name);
	if (group === undefined)
		return planned(
			project,
			variant,
			[
				['pre', project.pre, project.pre_error_fails_task],
				['main', main, true],
				['timeout', project.timeout],
				['post', project.post, project.post_error_fails_task],
			],
			'post',
		);
	return planned(
		project,
		variant,
		[
			['setup_group', group.setup_group, group.setup_group_can_fail_task],
			['setup_task', group.setup_task, group.setup_task_can_fail_task],
			['main', main, true],
			['timeout', group.timeout ?? project.timeout],
			['teardown_task', group.teardown_task, group.teardown_task_can_fail_task],
		],
		'teardown_task',
	);
}

interface Plans {
	readonly tasks: ReadonlyMap<string, Plan>;
	/** By group and variant, what is run to leave it. */
	readonly leaving: Map<string, Plan>;
}

const plans = new WeakMap<Setup, Plans>();

function plansOf(setup: Setup): Plans {
	let made = plans.get(setup);
	if (made === undefined) {
		const tasks = setup.tasks.map((instance) => [instance.id, makePlan(setup, instance)] as const);
		made = { tasks: new Map(tasks), leaving: new Map() };
		plans.set(setup, made);
	}
	return made;
}

/** The commands of a task of the setup. Worked out once a setup. */
export const planOf = (setup: Setup, task: string): Plan | undefined =>
	plansOf(setup).tasks.get(task);

/** What a host may run: the task of the execution that its agent holds; without one, what leaves its group. */
export function planOn(
	setup: Setup,
	{ execution, group }: Pick<HostObservation, 'execution' | 'group'>,
): Plan | undefined {
	if (execution !== null) return planOf(setup, execution.task);
	if (group === null) return undefined;
	const { leaving } = plansOf(setup);
	const key = JSON.stringify([group.group, group.variant]);
	let plan = leaving.get(key);
	if (plan === undefined) {
		const { project } = setup;
		const steps = groupNamed(project, group.group)?.teardown_group;
		plan = planned(project, group.variant, [['teardown_group', steps]], 'teardown_group');
		leaving.set(key, plan);
	}
	return plan;
}

/** The command that stands at a position, whether or not it is listed for the variant. */
export function commandAt(plan: Plan, position: Position): PlannedCommand | null {
	const command = plan.steps.get(position.block)?.[position.step]?.[position.member ?? 0];
	return command?.position.member === position.member ? command : null;
}

/** The table under S4: whether a foreground command of this block that ends so fails its task. */
export function failsTask({ canFail }: Plan, block: Block, outcome: CommandOutcome): boolean {
	if (outcome === 'succeeded') return false;
	if (canFail.has(block)) return true;
	return isSetUp(block) && (outcome === 'timed-out-exec' || outcome === 'timed-out-idle');
}

/** Whether a background command that was started in this block can fail the task. */
export const canFailTask = ({ canFail }: Plan, block: Block): boolean =>
	isWatched(block) && canFail.has(block);

const ignored = new WeakMap<Setup, readonly IgnoredFlag[]>();

/** C2: the calls whose flag has no effect; first the blocks of the project, then the groups and the tasks in use. */
export function ignoredFlagsOf(setup: Setup): readonly IgnoredFlag[] {
	const known = ignored.get(setup);
	if (known !== undefined) return known;
	const { project } = setup;
	const found: IgnoredFlag[] = [];
	const look = (
		where: Pick<IgnoredFlag, 'task' | 'group'>,
		block: Block,
		steps: readonly Step[] = [],
	) => {
		steps.forEach((entry, step) => {
			if (isFunctionCall(entry) && entry.retry_on_failure === true)
				found.push({ ...where, block, step, func: entry.func });
		});
	};
	look({ task: null }, 'pre', project.pre);
	look({ task: null }, 'timeout', project.timeout);
	look({ task: null }, 'post', project.post);
	for (const group of project.task_groups ?? [])
		if (setup.tasks.some((instance) => instance.group === group.name))
			for (const block of GROUP_BLOCKS)
				look({ task: null, group: group.name }, block, group[block]);
	for (const task of project.tasks)
		if (setup.tasks.some((instance) => instance.task === task.name))
			look({ task: task.name }, 'main', task.commands);
	ignored.set(setup, found);
	return found;
}
