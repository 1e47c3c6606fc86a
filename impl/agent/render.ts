import type { Position } from '../../model/vocabulary/command.ts';
import {
	type Block,
	type Command,
	type FunctionCall,
	isFunctionCall,
	type Project,
	type Step,
} from '../../model/vocabulary/project.ts';
import { type Configuration, definitionOf } from '../ports/configuration.ts';
import type { Refusal, RenderedCommand } from '../ports/shell.ts';

/** A block as the agent runs it. */
export interface RenderedBlock {
	readonly block: Block;
	/** Whether a failed command makes the task fail; an exec or idle time-out does so in any case (S4). */
	readonly canFailTask: boolean;
	readonly commands: readonly RenderedCommand[];
}

/** The blocks of a task by their place in its run; a block that it does not have is empty. */
export interface RenderedBlocks {
	/** Before all others, on a host that is not set up for the task's group. */
	readonly setUpGroup: RenderedBlock;
	/** pre, or setup_task of the group. */
	readonly before: RenderedBlock;
	readonly main: RenderedBlock;
	/** The group's, if it has one, else the project's. */
	readonly timeout: RenderedBlock;
	/** post, or teardown_task of the group. */
	readonly after: RenderedBlock;
	/** When the host leaves the group. */
	readonly leaveGroup: RenderedBlock;
}

const rendered = new WeakMap<Configuration, RenderedBlocks>();

/**
 * The blocks of a task: functions expanded, commands of other variants left out (C2, C3).
 *
 * @param refusal the rule of the shell that runs them, always the same one for a configuration.
 */
export function render(configuration: Configuration, refusal?: Refusal): RenderedBlocks {
	const known = rendered.get(configuration);
	if (known !== undefined) return known;
	const { project } = configuration;
	const group = definitionOf(configuration);
	const main = project.tasks.find((task) => task.name === configuration.task)?.commands;
	const of = (block: Block, steps: readonly Step[] = [], canFailTask = false): RenderedBlock => ({
		block,
		canFailTask,
		commands: steps.flatMap((step, index) => {
			const why = refusal === undefined ? null : whyUnrendered(project, step, refusal);
			return why === null
				? renderStep(configuration, block, step, index)
				: [unrendered(project, block, step, index, why)];
		}),
	});
	const blocks: RenderedBlocks = {
		setUpGroup: of('setup_group', group?.setup_group, group?.setup_group_can_fail_task),
		before:
			group === undefined
				? of('pre', project.pre, project.pre_error_fails_task)
				: of('setup_task', group.setup_task, group.setup_task_can_fail_task),
		main: of('main', main, true),
		timeout: of('timeout', group?.timeout ?? project.timeout),
		after:
			group === undefined
				? of('post', project.post, project.post_error_fails_task)
				: of('teardown_task', group.teardown_task, group.teardown_task_can_fail_task),
		leaveGroup: of('teardown_group', group?.teardown_group),
	};
	rendered.set(configuration, blocks);
	return blocks;
}

/**
 * Why an entry cannot be rendered, in the words of deployed agents; null when it can. They render an entry as a
 * whole, and before they ask whether it is for this variant (lifecycle 3.3).
 */
function whyUnrendered(project: Project, step: Step, refusal: Refusal): string | null {
	if (!isFunctionCall(step)) return refusal(step);
	if (!Object.hasOwn(project.functions ?? {}, step.func))
		return `function '${step.func}' not found in project functions`;
	const refused = membersOf(project, step.func).flatMap((member) => refusal(member) ?? []);
	return refused.length === 0 ? null : refused.join('; ');
}

/** Its flag asks for nothing: nothing of the entry was run (lifecycle 3.3). */
const unrendered = (
	project: Project,
	block: Block,
	step: Step,
	index: number,
	why: string,
): RenderedCommand => ({
	position: { block, step: index, member: null },
	...(isFunctionCall(step)
		? { command: 'func', func: step.func }
		: { command: step.command, ...nameOf(step) }),
	type: step.type ?? project.command_type ?? 'test',
	background: false,
	retry_on_failure: false,
	unrendered: why,
});

const nameOf = ({ display_name }: Command): Pick<RenderedCommand, 'display_name'> =>
	display_name === undefined ? {} : { display_name };

function renderStep(
	{ project, variant }: Configuration,
	block: Block,
	step: Step,
	index: number,
): RenderedCommand[] {
	if (!runsOn(step, variant)) return [];
	if (!isFunctionCall(step))
		return [renderCommand(project, step, null, { block, step: index, member: null })];
	const members = membersOf(project, step.func);
	return members.flatMap((command, member) =>
		runsOn(command, variant)
			? [renderCommand(project, command, step, { block, step: index, member })]
			: [],
	);
}

const runsOn = (step: Step, variant: string): boolean =>
	step.variants === undefined || step.variants.includes(variant);

/** An undefined function has no members; nor has one with the name of what every object inherits. */
const membersOf = ({ functions = {} }: Project, name: string): readonly Command[] =>
	(Object.hasOwn(functions, name) ? functions[name] : undefined) ?? [];

const renderCommand = (
	project: Project,
	command: Command,
	call: FunctionCall | null,
	position: Position,
): RenderedCommand => ({
	...idleLimitOf(command, call),
	position,
	command: command.command,
	type: command.type ?? call?.type ?? project.command_type ?? 'test',
	background: command.background === true,
	// The flag of a call is not propagated (C2).
	retry_on_failure: command.retry_on_failure === true,
	...nameOf(command),
	...(call === null ? {} : { func: call.func }),
	...(call?.vars === undefined ? {} : { vars: call.vars }),
	...(command.params_yaml === undefined ? {} : { params_yaml: command.params_yaml }),
});

/** The command's own limit, else the call's; 0 is none (lifecycle 3.3). */
function idleLimitOf(
	command: Command,
	call: FunctionCall | null,
): Pick<RenderedCommand, 'timeout_secs'> {
	const timeout_secs = command.timeout_secs || call?.timeout_secs || 0;
	return timeout_secs === 0 ? {} : { timeout_secs };
}
