import { expect, it } from 'vitest';
import { calling, running, until } from './testing/flaky.ts';
import { halvesAt } from './testing/halves.ts';
import {
	delivered,
	groupOf,
	host,
	inFlight,
	judgeScenes,
	type Scene,
	setupToJudge,
} from './testing/seen.ts';
import { variantsSkip } from './variants-skip.ts';

const setup = setupToJudge({
	project: {
		id: 'p',
		tasks: [
			{
				name: 'test',
				commands: [
					{ command: 'exe', variants: ['windows'] },
					{ command: 'sh', variants: ['linux'] },
				],
			},
		],
	},
});
const at = (step: number): Scene[] => [
	...until('started'),
	[delivered('reply', 'start'), host('h', { doing: running('main', step) }), inFlight()],
];

it('holds when only the commands of the variant run', () => {
	expect(judgeScenes(variantsSkip, setup, at(1))).toMatchObject({ broken: null, exercised: 1 });
	expect(judgeScenes(variantsSkip, setupToJudge(), until('idle'))).toMatchObject({
		broken: null,
		exercised: 0,
	});
});

it('is violated when a command of another variant runs, in the background too', () => {
	expect(judgeScenes(variantsSkip, setup, at(0)).broken).toBe(
		'Host "h" runs main command 0 of execution 0 of "a", but that is no command that is listed for its variant.',
	);
	const background: Scene = [
		{ kind: 'monitor-runs' },
		host('h', { background: [{ block: 'main', step: 0, member: null }] }),
	];
	expect(judgeScenes(variantsSkip, setup, [...at(1), background]).broken).toContain(
		'runs main command 0',
	);
});

it('is violated when a command runs that the project does not have', () => {
	expect(judgeScenes(variantsSkip, setup, at(7)).broken).toContain('runs main command 7');
});

it('reads the blocks of a group in place of pre and post', () => {
	const grouped = groupOf({ setup_task: [{ command: 'exe', variants: ['windows'] }] });
	const runs = (block: 'pre' | 'setup_task' | 'main'): Scene[] => [
		...until('started'),
		[delivered('reply', 'start'), host('h', { doing: running(block) }), inFlight()],
	];
	expect(judgeScenes(variantsSkip, grouped, runs('main'))).toMatchObject({
		broken: null,
		exercised: 1,
	});
	expect(judgeScenes(variantsSkip, grouped, runs('setup_task')).broken).toContain(
		'runs setup_task command 0',
	);
	expect(judgeScenes(variantsSkip, grouped, runs('pre')).broken).toContain('runs pre command 0');
});

it('reads what leaves a group by the variant that it was set up for', () => {
	const grouped = groupOf({ teardown_group: [{ command: 'exe', variants: ['windows'] }] });
	const leaves = (variant: string): Scene => [
		delivered('reply', 'next'),
		host('h', { group: { group: 'grp', variant }, doing: running('teardown_group') }),
	];
	expect(judgeScenes(variantsSkip, grouped, [leaves('windows')]).broken).toBeNull();
	expect(judgeScenes(variantsSkip, grouped, [leaves('linux')]).broken).toBe(
		'Host "h" runs teardown_group command 0 of group "grp" on "linux", but that is no command that is listed for its variant.',
	);
});

it('sees what is left in the background while the agent calls, and is put to the test at the start only', () => {
	const calls: Scene = [
		{ kind: 'monitor-runs' },
		host('h', { doing: calling('mark'), background: [{ block: 'main', step: 0, member: null }] }),
	];
	expect(judgeScenes(variantsSkip, setup, [...at(1), calls]).broken).toContain(
		'runs main command 0',
	);
	expect(halvesAt(variantsSkip, setup, at(1))).toEqual(['whole']);
	const posts: Scene = [
		{ kind: 'monitor-runs' },
		host('h', { posted: { status: 'failed', should_continue: true } }),
	];
	expect(halvesAt(variantsSkip, setup, [...at(1), posts])).toEqual([]);
	expect(
		halvesAt(variantsSkip, setup, [
			...at(1),
			[{ kind: 'monitor-runs' }, host('h', { doing: calling('end') })],
		]),
	).toEqual([]);
});
