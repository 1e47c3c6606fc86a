import { type Instruction, leavingProgramOf, programOf } from '../../model/system/program.ts';
import type { Position } from '../../model/vocabulary/command.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import { Block, isFunctionCall, type Project, type Step } from '../../model/vocabulary/project.ts';
import { Policy, type Setup, type TaskInstance } from '../../model/vocabulary/setup.ts';
import { REST_LENGTH } from '../../model/vocabulary/stories/rest.ts';
import { STORY_LENGTH } from '../../model/vocabulary/stories/story.ts';
import { groupInstances } from '../../model/vocabulary/structure.ts';
import { isExcusedByText } from '../../scenarios/lint/excused.ts';
import type { Portion } from '../../scenarios/trial/portions.ts';
import type { ProjectOnTrial } from '../../scenarios/trial/project-on-trial.ts';
import { cutTo } from '../arbitraries/setup.ts';
import { Lead } from '../flags/lead.ts';
import type { System } from '../systems/system.ts';
import { trial } from '../trial/trial.ts';

/** What may become of a command. */
export const BAD_ENDS = ['fails', 'times out', 'aborted'] as const;
export type BadEnd = (typeof BAD_ENDS)[number];

/** What comes of it. */
export interface Outcome {
	/** How the execution ended in which it happened; null: the story did not come to it. */
	readonly status: 'success' | 'failed' | null;
	/** Tasks that ran again for it, by a granted mark. */
	readonly restarted: number;
	/** Blocks of which commands still ran after it, in that execution. */
	readonly afterwards: readonly Block[];
}

/** A command of a task, and what comes of each bad end of it. */
export interface ExplainedCommand {
	readonly position: Position;
	readonly command: string;
	readonly display_name: string | null;
	/** The function by whose call it runs. */
	readonly func: string | null;
	readonly flagged: boolean;
	readonly background: boolean;
	/** Of each bad end; null: it is none, as `continue_on_err` lets a script fail. */
	readonly outcomes: Outcomes;
}

type Outcomes = Readonly<Record<BadEnd, Outcome | null>>;

/** The smallest part of a project that shows a task on a variant. */
export function setupAround(project: ProjectOnTrial, instance: TaskInstance): Setup {
	const place = project.version.tasks.findIndex(({ id }) => id === instance.id);
	const portion = project.portions
		.filter((one) => one.includes(place))
		.reduce<Portion>(
			(least, one) => (least.length === 0 || one.length < least.length ? one : least),
			[],
		);
	return {
		...cutTo(project.project, project.version, portion.length === 0 ? [place] : portion),
		hosts: ['h1'],
		requester: 'gitter_request',
		policy: Policy.parse({}),
	};
}

/**
 * Tells, for each command of a task, the story in which it ends badly and all else goes well, and reads off what comes
 * of it. Commands that are alike to the system (block, flag, type, background) share their stories.
 */
export async function explainTask(
	system: System,
	setup: Setup,
	instance: TaskInstance,
): Promise<ExplainedCommand[]> {
	const told = new Map<string, Outcomes>();
	const explained: ExplainedCommand[] = [];
	for (const instruction of instructionsOf(setup, instance)) {
		const { position, flagged, type, background } = instruction;
		const alike = JSON.stringify([position.block, flagged, type, background]);
		const outcomes = told.get(alike) ?? (await outcomesOf(system, setup, instance, instruction));
		told.set(alike, outcomes);
		const entry = entryAt(setup.project, instance, position);
		const func = entry !== undefined && isFunctionCall(entry) ? entry.func : null;
		const command =
			entry === undefined || !isFunctionCall(entry)
				? entry
				: setup.project.functions?.[entry.func]?.[position.member ?? 0];
		explained.push({
			position,
			command: command?.command ?? '?',
			display_name: command?.display_name ?? null,
			func,
			flagged,
			background,
			outcomes:
				command !== undefined && isExcusedByText(command) ? { ...outcomes, fails: null } : outcomes,
		});
	}
	return explained;
}

function instructionsOf(setup: Setup, instance: TaskInstance): Instruction[] {
	const program = programOf(setup, instance);
	const group = groupInstances(setup).find(
		({ group, variant }) => group === instance.group && variant === instance.variant,
	);
	const leaving = group === undefined ? [] : leavingProgramOf(setup, group).teardown_group;
	return Block.options.flatMap((block) => (block === 'teardown_group' ? leaving : program[block]));
}

async function outcomesOf(
	system: System,
	setup: Setup,
	instance: TaskInstance,
	instruction: Instruction,
): Promise<Outcomes> {
	const tell = (way: BadEnd) => outcomeOf(system, setup, instance, instruction, way);
	return {
		fails: await tell('fails'),
		'times out': await tell('times out'),
		aborted: await tell('aborted'),
	};
}

async function outcomeOf(
	system: System,
	setup: Setup,
	instance: TaskInstance,
	{ position, background }: Instruction,
	way: BadEnd,
): Promise<Outcome> {
	const lead = new Lead({ instance, position, background, way }, setup);
	const afterwards = new Set<Block>();
	const again = new Set<string>();
	let status: Outcome['status'] = null;
	const see = (seen: Observation): void => {
		if (!lead.arrived) return;
		const { tasks, hosts } = seen;
		for (const id of lead.restarted(seen)) again.add(id);
		const task = tasks.find(({ id }) => id === instance.id);
		status = task?.history[0]?.details.status ?? task?.details?.status ?? status;
		for (const { doing, execution } of hosts)
			if (
				doing.kind === 'running' &&
				doing.position.block !== position.block &&
				execution?.task === instance.id &&
				execution.execution === 0
			)
				afterwards.add(doing.position.block);
	};
	await trial([system], setup, (seen) => lead.next(seen), {
		judges: [],
		most: { story: STORY_LENGTH * 4, rest: REST_LENGTH * 4 },
		onStep: ({ seen: [seen] }) => {
			if (seen !== undefined) see(seen);
		},
	});
	return {
		status,
		restarted: again.size,
		afterwards: Block.options.filter((block) => afterwards.has(block)),
	};
}

/** What is written where a position points to: a command, or the call of a function. */
function entryAt(
	project: Project,
	{ task, group }: TaskInstance,
	{ block, step }: Position,
): Step | undefined {
	const its = project.task_groups?.find(({ name }) => name === group);
	const steps: readonly Step[] | undefined =
		block === 'main'
			? project.tasks.find(({ name }) => name === task)?.commands
			: block === 'pre' || block === 'post'
				? project[block]
				: (its?.[block] ?? (block === 'timeout' ? project.timeout : undefined));
	return steps?.[step];
}
