import type { Command, TaskGroup } from '../../model/vocabulary/project.ts';
import { type Setup, underDesign } from '../../model/vocabulary/setup.ts';
import { setupOf } from './setups.ts';
import { SimulationFixture } from './simulation-fixture.ts';

export const PLAIN: Command = { command: 'test', type: 'setup' };
export const FLAGGED: Command = { command: 'make', retry_on_failure: true };

/**
 * A setup of tasks on one host: t1 and t2 of a group on two hosts at the most, whose tasks do not wait for
 * each other, t3 of no group, t4 of another group, t5 of the first one on another variant.
 */
export function groupSetup(
	group: Partial<TaskGroup>,
	tasks: readonly string[] = ['t1', 't2'],
	more: Partial<Pick<Setup, 'design' | 'requester' | 'policy'>> = {},
): Setup {
	const { design = 'flag', ...rest } = more;
	const all = [
		{ id: 't1', task: 'one', variant: 'ubuntu', group: 'g' },
		{ id: 't2', task: 'two', variant: 'ubuntu', group: 'g' },
		{ id: 't3', task: 'one', variant: 'ubuntu' },
		{ id: 't4', task: 'one', variant: 'ubuntu', group: 'other' },
		{ id: 't5', task: 'one', variant: 'rhel', group: 'g' },
	];
	const setup = setupOf(
		{
			pre: [PLAIN],
			post: [PLAIN],
			tasks: ['one', 'two'].map((name) => ({ name, commands: [FLAGGED] })),
			task_groups: [
				{ name: 'g', tasks: ['one', 'two'], max_hosts: 2, ...group },
				{ name: 'other', tasks: ['one'], setup_group: [PLAIN], teardown_group: [PLAIN] },
			],
		},
		{},
		{ tasks: tasks.flatMap((id) => all.find((task) => task.id === id) ?? []), ...rest },
	);
	return underDesign(setup, design);
}

/** A group that has one command in each of its blocks. */
export const FULL: Partial<TaskGroup> = {
	setup_group: [PLAIN],
	setup_task: [PLAIN],
	timeout: [PLAIN],
	teardown_task: [PLAIN],
	teardown_group: [PLAIN],
};

/** The same with commands that ask for a restart when they fail, two in each block. */
export const FULL_OF_FLAGS: Partial<TaskGroup> = {
	setup_group: [FLAGGED, FLAGGED],
	setup_task: [FLAGGED, FLAGGED],
	timeout: [FLAGGED, FLAGGED],
	teardown_task: [FLAGGED, FLAGGED],
	teardown_group: [FLAGGED, FLAGGED],
};

/** The first task has started on the host. */
export async function begunInGroup(
	...how: Parameters<typeof groupSetup>
): Promise<SimulationFixture> {
	const fixture = await SimulationFixture.of(groupSetup(...how));
	await fixture.begin();
	return fixture;
}

/** Commands succeed until the agent does this, or for ever. */
export async function until(fixture: SimulationFixture, doing: string): Promise<void> {
	while (fixture.doing() !== doing && fixture.host().doing.kind === 'running')
		await fixture.command('succeeded');
}

/** Commands succeed to the end of the task, whose end is answered. */
export async function toEnd(fixture: SimulationFixture): Promise<void> {
	await until(fixture, 'end 1');
	await fixture.exchange('end');
}

/** The host asks for work, and is answered. */
export async function ask(fixture: SimulationFixture): Promise<void> {
	await fixture.play({ kind: 'host-asks', host: 'h1' });
	await fixture.exchange('next');
}
