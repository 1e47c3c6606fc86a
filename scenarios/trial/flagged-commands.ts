import type { Position } from '../../model/vocabulary/command.ts';
import type { TaskInstance } from '../../model/vocabulary/setup.ts';
import type { Flagged } from '../lint/flagged.ts';
import type { Place } from '../yaml/problem.ts';

/** Where a flagged command runs. */
export type FlagUse = {
	/** The place of the task in the version. */
	readonly task: number;
	readonly position: Position;
	/** Whether a failure in its block fails the task. */
	readonly canFail: boolean;
	/** It returns at once. */
	readonly background: boolean;
};

/** A command with the flag. */
export type FlaggedCommand = {
	readonly place: Place;
	/** On the variants of the file, where something may run it; none: it never runs. */
	readonly uses: readonly FlagUse[];
};

/** The flagged commands of a project, with the tasks of its version that run them. */
export function flaggedIn(
	flagged: readonly Flagged[],
	tasks: readonly TaskInstance[],
): FlaggedCommand[] {
	const keyOf = (task: string, variant: string): string => `${task}\0${variant}`;
	const places = new Map(tasks.map(({ task, variant }, at) => [keyOf(task, variant), at]));
	return flagged.map(({ at, command, uses }) => ({
		place: at,
		uses: uses.flatMap(({ spot, step, member, met }) =>
			met.flatMap(({ task, variant }): FlagUse[] => {
				const place = places.get(keyOf(task.name, variant));
				if (place === undefined) return [];
				return [
					{
						task: place,
						position: { block: spot.block, step, member },
						canFail: spot.canFail,
						background: 'background' in command.step && command.step.background === true,
					},
				];
			}),
		),
	}));
}

/** The places of tasks with a flagged command of their own: in the main block, not in one that others have too. */
export const ownFlags = (flagged: readonly FlaggedCommand[]): Set<number> =>
	new Set(
		flagged.flatMap(({ uses }) =>
			uses.flatMap(({ task, position: { block } }) => (block === 'main' ? [task] : [])),
		),
	);
