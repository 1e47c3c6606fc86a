import type { Position } from '../../model/vocabulary/command.ts';
import {
	type Block,
	type Command,
	GROUP_BLOCKS,
	isFunctionCall,
	isWatched,
	type Project,
	type Step,
	type TaskGroup,
} from '../../model/vocabulary/project.ts';
import type { TaskInstance } from '../../model/vocabulary/setup.ts';
import type { Place } from '../yaml/problem.ts';
import { ANY_VARIANT, type Version } from './version.ts';
import { PROJECT_BLOCKS, type WrittenProject, type WrittenStep } from './written.ts';

/** Where a flagged command runs. */
export type FlagUse = {
	/** The place of the task in the version. */
	readonly task: number;
	readonly position: Position;
	/** Whether a failure in its block fails the task. */
	readonly canFail: boolean;
	/** It returns at once. That it fails is noticed only while a command after it runs, before main is over. */
	readonly background: 'noticed' | 'unnoticed' | null;
};

/** A command with the flag: one for each flag in the file, however many aliases and calls lead there. */
export type FlaggedCommand = {
	readonly place: Place;
	/** On the variants of the file; none: it never runs. */
	readonly uses: readonly FlagUse[];
};

type Changeable = { -readonly [Key in keyof FlagUse]: FlagUse[Key] };

/** Where the flags stand, by who has the command and which it is. */
export type FlagPlaces = ReadonlyMap<string, Place>;

const FLAG = 'retry_on_failure';

const keyOf = (owner: readonly string[], index: number): string =>
	JSON.stringify([...owner, index]);

/** Every flag on a command, by the line to edit; those of calls are not among them. */
export function flagPlaces(written: WrittenProject): FlagPlaces {
	const places = new Map<string, Place>();
	const read = (owner: readonly string[], steps: readonly WrittenStep[] = []): void => {
		for (const [index, { step, item, place }] of steps.entries())
			if (step.retry_on_failure === true && !isFunctionCall(step))
				places.set(keyOf(owner, index), item.mapping()?.get(FLAG)?.keyPlace ?? place);
	};
	for (const { name, commands } of written.functions) read(['function', name], commands);
	for (const { name, commands } of written.tasks) read(['task', name], commands);
	for (const block of PROJECT_BLOCKS) read(['block', block], written.blocks[block]?.steps);
	for (const { name, blocks } of written.groups)
		for (const block of GROUP_BLOCKS) read(['group', name, block], blocks[block]);
	return places;
}

/** The places of tasks with a flagged command of their own: in the main block, not in one that others have too. */
export const ownFlags = (flagged: readonly FlaggedCommand[]): Set<number> =>
	new Set(
		flagged.flatMap(({ uses }) =>
			uses.flatMap(({ task, position: { block } }) => (block === 'main' ? [task] : [])),
		),
	);

/** The steps of a block, who has them, and whether a failure there fails the task. */
type Run = readonly [
	block: Block,
	owner: readonly string[],
	steps: readonly Step[] | undefined,
	canFail: boolean,
];

/** Every flagged command of a project with all places where it runs. */
export function flaggedCommands(
	project: Project,
	{ tasks }: Pick<Version, 'tasks'>,
	places: FlagPlaces,
): FlaggedCommand[] {
	const found = new Map<string, { place: Place; uses: FlagUse[] }>();
	const of = ({ file, line, column }: Place): string => `${file}:${line}:${column}`;
	for (const place of places.values())
		if (!found.has(of(place))) found.set(of(place), { place, uses: [] });
	const functions = new Map(Object.entries(project.functions ?? {}));
	const mains = new Map(project.tasks.map(({ name, commands }) => [name, commands]));
	const groups = new Map((project.task_groups ?? []).map((group) => [group.name, group]));

	for (const [task, instance] of tasks.entries()) {
		const { variant } = instance;
		if (variant === ANY_VARIANT) continue;
		const runsHere = ({ variants }: Step): boolean => variants?.includes(variant) ?? true;
		const behind: { background: FlagUse['background'] }[] = [];
		const use = (command: Command, key: string, position: Position, canFail: boolean): void => {
			if (!runsHere(command)) return;
			if (command.background !== true && isWatched(position.block))
				for (const one of behind.splice(0)) one.background = 'noticed';
			const place = command.retry_on_failure === true ? places.get(key) : undefined;
			if (place === undefined) return;
			const background = command.background === true ? ('unnoticed' as const) : null;
			const one: Changeable = { task, position, canFail, background };
			if (background !== null && isWatched(position.block)) behind.push(one);
			found.get(of(place))?.uses.push(one);
		};
		for (const [block, owner, steps = [], canFail] of runsOf(project, instance, mains, groups))
			for (const [step, entry] of steps.entries()) {
				if (!runsHere(entry)) continue;
				if (!isFunctionCall(entry))
					use(entry, keyOf(owner, step), { block, step, member: null }, canFail);
				else
					for (const [member, command] of (functions.get(entry.func) ?? []).entries())
						use(command, keyOf(['function', entry.func], member), { block, step, member }, canFail);
			}
	}
	return [...found.values()];
}

function runsOf(
	project: Project,
	{ task, group: name }: TaskInstance,
	mains: ReadonlyMap<string, readonly Step[]>,
	groups: ReadonlyMap<string, TaskGroup>,
): Run[] {
	const main: Run = ['main', ['task', task], mains.get(task), true];
	const timeout: Run = ['timeout', ['block', 'timeout'], project.timeout, false];
	const group = name === undefined ? undefined : groups.get(name);
	if (group === undefined)
		return [
			['pre', ['block', 'pre'], project.pre, project.pre_error_fails_task === true],
			main,
			timeout,
			['post', ['block', 'post'], project.post, project.post_error_fails_task === true],
		];
	const own = (block: (typeof GROUP_BLOCKS)[number], canFail: boolean | undefined): Run => [
		block,
		['group', group.name, block],
		group[block],
		canFail === true,
	];
	return [
		own('setup_group', group.setup_group_can_fail_task),
		own('setup_task', group.setup_task_can_fail_task),
		main,
		group.timeout === undefined ? timeout : own('timeout', false),
		own('teardown_task', group.teardown_task_can_fail_task),
		own('teardown_group', false),
	];
}
