import { expect, test } from 'vitest';
import type { RenderedCommand } from '../ports/shell.ts';
import { describeCommand } from './describe-command.ts';

const COMMAND: RenderedCommand = {
	position: { block: 'post', step: 2, member: null },
	command: 'shell.exec',
	type: 'test',
	background: false,
	retry_on_failure: false,
};

test.each<[Partial<RenderedCommand>, string]>([
	[{}, 'shell.exec (post, step 3)'],
	[{ display_name: 'tidy up' }, 'shell.exec "tidy up" (post, step 3)'],
	[{ func: 'clean' }, 'shell.exec of function "clean" (post, step 3)'],
	[
		{ func: 'clean', display_name: 'tidy up' },
		'shell.exec "tidy up" of function "clean" (post, step 3)',
	],
	[{ unrendered: 'not registered' }, 'shell.exec (post, step 3)'],
	[{ command: 'func', func: 'clean', unrendered: 'not found' }, 'function "clean" (post, step 3)'],
])('%j', (change, described) => {
	expect(describeCommand({ ...COMMAND, ...change })).toBe(described);
});
