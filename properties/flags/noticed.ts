import type { Instruction, Program } from '../../model/system/program.ts';
import { samePosition } from '../../model/vocabulary/command.ts';
import { isWatched } from '../../model/vocabulary/project.ts';

/** The blocks of an execution that ends as it should, in the order in which they run. */
export const IN_ORDER = [
	'setup_group',
	'pre',
	'setup_task',
	'main',
	'post',
	'teardown_task',
] as const;

/** Whether a command in the background that fails is noticed: a command runs beside it before main is over. */
export function isNoticed(
	program: Program,
	{ background, position }: Pick<Instruction, 'background' | 'position'>,
): boolean {
	const watched = IN_ORDER.filter(isWatched).flatMap((block) => program[block]);
	const place = watched.findIndex((one) => samePosition(one.position, position));
	return background && place >= 0 && watched.slice(place).some((one) => !one.background);
}
