import type { CommandOutcome } from '../../model/vocabulary/command.ts';
import { isWatched } from '../../model/vocabulary/project.ts';
import type { RenderedBlock } from './render.ts';

/** What the end of a command means to its block. */
export type Consequence = 'goes-on' | 'block-stops' | 'block-fails';

/** The table of S4: what the end of a command means to its block. */
export function consequence(
	{ block, canFailTask }: Pick<RenderedBlock, 'block' | 'canFailTask'>,
	outcome: CommandOutcome,
): Consequence {
	switch (outcome) {
		case 'succeeded':
			return 'goes-on';
		case 'failed':
		case 'panicked':
			return canFailTask ? 'block-fails' : 'goes-on';
		case 'timed-out-exec':
		case 'timed-out-idle':
			// Only main and the blocks before it have these limits, and there they fail the task whatever the switch says.
			return isWatched(block) ? 'block-fails' : 'block-stops';
		case 'timed-out-block':
			return canFailTask ? 'block-fails' : 'block-stops';
	}
}
