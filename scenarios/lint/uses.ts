import { type Block, GROUP_BLOCKS, isFunctionCall } from '../../model/vocabulary/project.ts';
import type { ReadProject } from '../import/import.ts';
import { SWITCH } from '../import/steps.ts';
import {
	PROJECT_BLOCKS,
	type WrittenFunction,
	type WrittenStep,
	type WrittenSwitch,
	type WrittenTask,
} from '../import/written.ts';
import type { Place } from '../yaml/problem.ts';
import { isExcused } from './excused.ts';
import { flagPlace, grouped, isFlagged } from './flags.ts';
import type { Instance } from './instances.ts';

/** A list of commands, and who runs it: the main block of a task, or a block of the project or of a group. */
export type Spot = {
	readonly block: Block;
	readonly task: WrittenTask | null;
	readonly group: string | null;
	readonly place: Place;
	/** Whether a failure here fails the task (S4). */
	readonly canFail: boolean;
	/** Who runs it, those included that never run. */
	readonly instances: readonly Instance[];
};

/** Why a flag does nothing where it is used. */
export type Idle = 'block' | 'continue_on_err' | 'background' | 'variants' | 'never runs';

/** A flagged command in one of the lists that it stands in. */
export type Use = {
	readonly spot: Spot;
	/** The entry of the list, which is the command or the call of its function, and where it stands there. */
	readonly entry: WrittenStep;
	readonly step: number;
	readonly command: WrittenStep;
	/** Where the command stands in its function; null: it is in none. */
	readonly member: number | null;
	readonly flag: Place;
	/** Tasks, each on each variant, that run the list; and those of them that run the command. */
	readonly ran: readonly Instance[];
	readonly met: readonly Instance[];
	/** Null where it works. */
	readonly idle: Idle | null;
};

/** Every list of commands of a project, the main blocks of its tasks first. */
export function spotsOf({ whole }: ReadProject, instances: readonly Instance[]) {
	const byTask = grouped(instances, ({ task }) => task);
	const byGroup = grouped(instances, ({ group }) => group);
	const canFail = (block: Exclude<Block, 'main'>, switches: readonly WrittenSwitch[]): boolean =>
		switches.some(({ name, on }) => name === SWITCH[block] && on);
	const ungrouped = byGroup.get(null) ?? [];
	// A group without a timeout block runs the project's.
	const own = new Set(whole.groups.flatMap(({ name, blocks }) => (blocks.timeout ? [name] : [])));
	const withoutOwn = instances.filter(({ group }) => group === null || !own.has(group));
	return [
		...whole.tasks.map((task) => ({
			steps: task.commands,
			spot: {
				block: 'main',
				task,
				group: null,
				place: task.place,
				canFail: true,
				instances: byTask.get(task) ?? [],
			} satisfies Spot,
		})),
		...PROJECT_BLOCKS.flatMap((block) => {
			const written = whole.blocks[block];
			if (written === undefined) return [];
			const spot: Spot = {
				block,
				task: null,
				group: null,
				place: written.place,
				canFail: canFail(block, whole.switches),
				instances: block === 'timeout' ? withoutOwn : ungrouped,
			};
			return [{ steps: written.steps, spot }];
		}),
		...whole.groups.flatMap(({ name, place, blocks, switches }) =>
			GROUP_BLOCKS.map((block) => ({
				steps: blocks[block] ?? [],
				spot: {
					block,
					task: null,
					group: name,
					place,
					canFail: canFail(block, switches),
					instances: byGroup.get(name) ?? [],
				} satisfies Spot,
			})),
		),
	];
}

/** Every use of every flagged command. Where not all files were read, each task is taken to run. */
export function usesOf(
	project: ReadProject,
	instances: readonly Instance[],
	complete: boolean,
): Use[] {
	const functions = new Map(project.whole.functions.map((one) => [one.name, one]));
	return spotsOf(project, instances).flatMap(({ spot, steps }) => {
		const ran = spot.instances.filter(({ never }) => never === null);
		return steps.flatMap((entry, step) =>
			flaggedOf(entry, functions).map(({ command, member }): Use => {
				const { variants } = entry.step;
				const met =
					variants === undefined ? ran : ran.filter(({ variant }) => variants.includes(variant));
				return {
					spot,
					entry,
					step,
					command,
					member,
					flag: flagPlace(command),
					ran,
					met,
					idle: idleOf(spot, command, { ran, met, complete }),
				};
			}),
		);
	});
}

/** The flagged commands that an entry stands for; the flag of a call is no flag of its commands. */
function flaggedOf(
	entry: WrittenStep,
	functions: ReadonlyMap<string, WrittenFunction>,
): readonly Pick<Use, 'command' | 'member'>[] {
	const { step } = entry;
	if (!isFunctionCall(step)) return isFlagged(entry) ? [{ command: entry, member: null }] : [];
	return (functions.get(step.func)?.commands ?? []).flatMap((command, member) =>
		isFlagged(command) ? [{ command, member }] : [],
	);
}

function idleOf(
	{ canFail }: Spot,
	{ step, item }: WrittenStep,
	{ ran, met, complete }: { ran: readonly Instance[]; met: readonly Instance[]; complete: boolean },
): Idle | null {
	if (!canFail) return 'block';
	if (!isFunctionCall(step)) {
		if (step.background === true) return 'background';
		if (isExcused(step, item.get(['params']))) return 'continue_on_err';
	}
	if (!complete || met.length > 0) return null;
	return ran.length === 0 ? 'never runs' : 'variants';
}
