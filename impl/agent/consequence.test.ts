import { expect, test } from 'vitest';
import type { CommandOutcome } from '../../model/vocabulary/command.ts';
import type { Block } from '../../model/vocabulary/project.ts';
import { type Consequence, consequence } from './consequence.ts';

/** The table of S4: error, panic, the block's own limit, exec and idle time-out. */
const TABLE: readonly [Block, boolean, Consequence, Consequence, Consequence | null][] = [
	['pre', false, 'goes-on', 'block-stops', 'block-fails'],
	['pre', true, 'block-fails', 'block-fails', 'block-fails'],
	['setup_group', false, 'goes-on', 'block-stops', 'block-fails'],
	['setup_group', true, 'block-fails', 'block-fails', 'block-fails'],
	['setup_task', false, 'goes-on', 'block-stops', 'block-fails'],
	['setup_task', true, 'block-fails', 'block-fails', 'block-fails'],
	['main', true, 'block-fails', 'block-fails', 'block-fails'],
	['timeout', false, 'goes-on', 'block-stops', null],
	['post', false, 'goes-on', 'block-stops', null],
	['post', true, 'block-fails', 'block-fails', null],
	['teardown_task', false, 'goes-on', 'block-stops', null],
	['teardown_task', true, 'block-fails', 'block-fails', null],
	['teardown_group', false, 'goes-on', 'block-stops', null],
];

test.each(TABLE)('%s, can fail the task: %s', (block, canFailTask, error, ownLimit, limit) => {
	const of = (outcome: CommandOutcome) => consequence({ block, canFailTask }, outcome);
	expect(of('succeeded')).toBe('goes-on');
	expect(of('failed')).toBe(error);
	expect(of('panicked')).toBe(error);
	expect(of('timed-out-block')).toBe(ownLimit);
	if (limit === null) return;
	expect(of('timed-out-exec')).toBe(limit);
	expect(of('timed-out-idle')).toBe(limit);
});
