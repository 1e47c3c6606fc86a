import { expect, test } from 'vitest';
import type { CommandOutcome } from '../../model/vocabulary/command.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Block } from '../../model/vocabulary/project.ts';
import {
	begunInGroup,
	FLAGGED,
	FULL,
	FULL_OF_FLAGS,
	PLAIN,
	toEnd,
	until,
} from '../testing/group-fixture.ts';
import type { SimulationFixture } from '../testing/simulation-fixture.ts';

const posted: Event = {
	kind: 'status-posted',
	host: 'h1',
	posted: { status: 'success', should_continue: false },
};
const backgroundFails = (block: Block): Event => ({
	kind: 'background-fails',
	host: 'h1',
	position: { block, step: 0, member: null },
});

const details = (fixture: SimulationFixture) =>
	fixture.seen.messages.find(({ route }) => route === 'end')?.details;

test('a task of a group runs its blocks in place of pre and post, one after another', async () => {
	const fixture = await begunInGroup(FULL);
	const seen: string[] = [];
	for (; fixture.host().doing.kind === 'running'; await fixture.command('succeeded'))
		seen.push(fixture.doing());
	expect(seen).toEqual(['setup_group 0', 'setup_task 0', 'main 0', 'teardown_task 0']);
	expect(fixture.doing()).toBe('end 1');
});

test('a task of no group runs no block of any, where the project has groups', async () => {
	const fixture = await begunInGroup(FULL, ['t3']);
	expect(fixture.doing()).toBe('pre 0');
	expect(fixture.host().group).toBeNull();
	await until(fixture, 'post 0');
	expect(fixture.doing()).toBe('post 0');
});

const switched = (block: Block, fails: boolean) =>
	block === 'main' ? {} : { [`${block}_can_fail_task`]: fails };

/** A mark is asked for, and answered, and the agent goes on so. */
const marks = (doing: string): string[] => ['mark 1', doing];

/** The table of S4: what a flagged command's end in a block leads to. */
const TABLE: readonly [Block, boolean, CommandOutcome, string[]][] = [
	['setup_group', false, 'failed', ['setup_group 1']],
	['setup_group', false, 'panicked', ['setup_group 1']],
	['setup_group', false, 'timed-out-block', ['setup_task 0']],
	['setup_group', false, 'timed-out-exec', marks('timeout 0')],
	['setup_group', false, 'timed-out-idle', marks('timeout 0')],
	['setup_group', true, 'failed', marks('teardown_task 0')],
	['setup_group', true, 'panicked', marks('teardown_task 0')],
	['setup_group', true, 'timed-out-block', marks('timeout 0')],
	['setup_group', true, 'timed-out-exec', marks('timeout 0')],
	['setup_task', false, 'failed', ['setup_task 1']],
	['setup_task', false, 'panicked', ['setup_task 1']],
	['setup_task', false, 'timed-out-block', ['main 0']],
	['setup_task', false, 'timed-out-exec', marks('timeout 0')],
	['setup_task', true, 'failed', marks('teardown_task 0')],
	['setup_task', true, 'panicked', marks('teardown_task 0')],
	['setup_task', true, 'timed-out-block', marks('timeout 0')],
	['setup_task', true, 'timed-out-idle', marks('timeout 0')],
	['main', true, 'failed', marks('teardown_task 0')],
	['main', true, 'timed-out-exec', marks('timeout 0')],
	['teardown_task', false, 'failed', ['teardown_task 1']],
	['teardown_task', false, 'panicked', ['teardown_task 1']],
	['teardown_task', false, 'timed-out-block', ['end 1']],
	['teardown_task', true, 'failed', marks('end 1')],
	['teardown_task', true, 'panicked', marks('end 1')],
	['teardown_task', true, 'timed-out-block', marks('end 1')],
];

test.each(TABLE)('%s, switch %s: %s leads to %j', async (block, fails, outcome, path) => {
	const fixture = await begunInGroup({ ...FULL_OF_FLAGS, ...switched(block, fails) });
	await until(fixture, `${block} 0`);
	await fixture.command(outcome);
	const seen = [fixture.doing()];
	if (fixture.doing() === 'mark 1') {
		await fixture.exchange('mark');
		seen.push(fixture.doing());
	}
	expect(seen).toEqual(path);
});

test.each([
	['failed', 'timeout 1'],
	['panicked', 'timeout 1'],
	['timed-out-block', 'teardown_task 0'],
] as const)(
	'the timeout block of the group cannot fail: %s leads to %s',
	async (outcome, doing) => {
		const fixture = await begunInGroup(FULL_OF_FLAGS);
		await until(fixture, 'main 0');
		await fixture.command('timed-out-idle');
		await fixture.exchange('mark');
		await fixture.command(outcome);
		expect(fixture.doing()).toBe(doing);
	},
);

test.each(['setup_group', 'setup_task', 'teardown_task'] as const)(
	'the own limit of a %s that can fail is a time-out of the task',
	async (block) => {
		const fixture = await begunInGroup({ ...FULL, [`${block}_can_fail_task`]: true });
		await until(fixture, `${block} 0`);
		await fixture.command('timed-out-block');
		await until(fixture, 'end 1');
		expect(details(fixture)).toMatchObject({ status: 'failed', type: 'setup', timed_out: 'block' });
	},
);

test.each([
	['setup_group', 'teardown_task 0'],
	['setup_task', 'teardown_task 0'],
	['main', 'teardown_task 0'],
	['teardown_task', 'teardown_task 0'],
])('an abort that is learned in %s leads to %s', async (block, doing) => {
	const fixture = await begunInGroup(FULL_OF_FLAGS);
	await until(fixture, `${block} 0`);
	await fixture.play({ kind: 'user-aborts', task: 't1' }, { kind: 'heartbeat-sent', host: 'h1' });
	await fixture.exchange('heartbeat');
	expect(fixture.doing()).toBe(doing);
});

test('an abort that is learned in the timeout block changes nothing for the agent', async () => {
	const fixture = await begunInGroup(FULL);
	await until(fixture, 'main 0');
	await fixture.command('timed-out-idle');
	await fixture.exchange('mark');
	await fixture.play({ kind: 'user-aborts', task: 't1' }, { kind: 'heartbeat-sent', host: 'h1' });
	await fixture.exchange('heartbeat');
	expect(fixture.doing()).toBe('timeout 0');
});

const BACKGROUND = { ...FLAGGED, background: true, type: 'system' } as const;

test('what setup_group starts in the background is watched until main ends', async () => {
	const fixture = await begunInGroup({ ...FULL, setup_group: [BACKGROUND, PLAIN] });
	const position = { block: 'setup_group', step: 0, member: null };
	for (const block of ['setup_group 1', 'setup_task 0', 'main 0']) {
		await until(fixture, block);
		expect(fixture.host().background).toEqual([position]);
	}
	await until(fixture, 'teardown_task 0');
	expect(fixture.host().background).toEqual([]);
});

test('its failure counts by the switch of its own block, at the next success in any other', async () => {
	const fixture = await begunInGroup({
		...FULL,
		setup_group: [BACKGROUND, PLAIN],
		setup_task: [PLAIN, PLAIN, PLAIN],
		setup_group_can_fail_task: true,
	});
	await until(fixture, 'setup_task 0');
	await fixture.play(backgroundFails('setup_group'));
	await fixture.command('failed');
	expect(fixture.doing()).toBe('setup_task 1');
	await fixture.command('succeeded');
	expect(fixture.doing()).toBe('mark 1');
	await fixture.exchange('mark');
	expect(fixture.doing()).toBe('teardown_task 0');
	await until(fixture, 'end 1');
	expect(details(fixture)).toMatchObject({ status: 'failed', type: 'system' });
});

test('that of a block without its switch is forgotten, whatever the switch of the next one', async () => {
	const fixture = await begunInGroup({
		...FULL,
		setup_group: [BACKGROUND, PLAIN],
		setup_task_can_fail_task: true,
	});
	await until(fixture, 'setup_task 0');
	await fixture.play(backgroundFails('setup_group'));
	await until(fixture, 'end 1');
	expect(details(fixture)).toMatchObject({ status: 'success' });
});

test.each([
	['setup_group', true, 'teardown_task 0'],
	['setup_group', false, 'setup_group 1'],
	['setup_task', true, 'teardown_task 0'],
	['setup_task', false, 'setup_task 1'],
] as const)('a posted status stops %s as its switch says', async (block, fails, doing) => {
	const fixture = await begunInGroup({ ...FULL_OF_FLAGS, ...switched(block, fails) });
	await until(fixture, `${block} 0`);
	await fixture.play(posted);
	await fixture.command('succeeded');
	expect(fixture.doing()).toBe(doing);
});

test('a setup that fails skips main, and teardown_task runs', async () => {
	const fixture = await begunInGroup({ ...FULL, setup_group_can_fail_task: true });
	await fixture.command('failed');
	expect(fixture.doing()).toBe('teardown_task 0');
	await toEnd(fixture);
	expect(fixture.task()).toMatchObject({ status: 'failed', details: { type: 'setup' } });
});

/** What the agent asks for on behalf of, while every command succeeds and every answer comes. */
async function askingFor(fixture: SimulationFixture): Promise<string[]> {
	const asked: string[] = [];
	for (;;) {
		const { doing } = fixture.host();
		if (doing.kind === 'running') await fixture.command('succeeded');
		else if (doing.kind === 'calling' && doing.for !== undefined) {
			asked.push(`${doing.for.block} ${doing.for.step}`);
			await fixture.play({ kind: 'call-abandoned', host: 'h1' });
		} else return asked;
	}
}

const FLAGGED_ONCE = {
	...FULL,
	setup_group: [FLAGGED],
	setup_task: [FLAGGED],
	teardown_task: [FLAGGED],
};

test.each([
	[true, ['setup_group 0', 'setup_task 0', 'main 0', 'teardown_task 0']],
	[false, ['setup_group 0', 'setup_task 0', 'main 0']],
])(
	'under auto-retry the agent asks before flagged commands, teardown_task can fail: %s',
	async (fails, asked) => {
		const group = { ...FLAGGED_ONCE, teardown_task_can_fail_task: fails };
		const fixture = await begunInGroup(group, ['t1'], { design: 'auto-retry' });
		expect(await askingFor(fixture)).toEqual(asked);
	},
);

test.each(['setup_group', 'setup_task', 'main', 'teardown_task'])(
	'under rest the script of a flagged command asks in %s, whatever the switch',
	async (block) => {
		const fixture = await begunInGroup(FLAGGED_ONCE, ['t1'], { design: 'rest' });
		await until(fixture, `${block} 0`);
		await fixture.command('failed');
		expect(fixture.host().doing).toMatchObject({ kind: 'calling', for: { block } });
	},
);

test.each(['setup_group', 'setup_task', 'main', 'teardown_task'])(
	'under local-api it posts in %s',
	async (block) => {
		const fixture = await begunInGroup(FLAGGED_ONCE, ['t1'], { design: 'local-api' });
		await until(fixture, `${block} 0`);
		await fixture.command('failed');
		expect(fixture.host().posted).toMatchObject({ status: 'failed', retryable: true });
	},
);
