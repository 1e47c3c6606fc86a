import { expect, test } from 'vitest';
import type { GroupRun, Work } from '../ports/configuration.ts';
import { SimulatedShell } from '../simulated/shell.ts';
import { SimulatedTimers } from '../simulated/timers.ts';
import { HostGroup } from './host-group.ts';

const RUN: GroupRun = { group: 'g', version: 'v1', build: 'v1_ubuntu' };

const workOf = (execution: number, run: Partial<GroupRun> = {}): Work => ({
	execution: { task: 't1', execution },
	secret: '',
	group: { ...RUN, ...run },
});

/** A host on which execution 1 of a task of the group has started. */
function setUp(): HostGroup {
	const group = new HostGroup(new SimulatedShell(), new SimulatedTimers());
	group.started(workOf(1), {
		project: { id: 'p1', tasks: [], task_groups: [{ name: 'g', tasks: ['compile'] }] },
		task: 'compile',
		variant: 'ubuntu',
		group: 'g',
		requester: 'gitter_request',
	});
	return group;
}

test.each([
	['an execution of the same number', workOf(1), true],
	['an earlier one', workOf(0), true],
	['a later one', workOf(2), false],
	['another group', workOf(0, { group: 'other' }), false],
	['the group in another build', workOf(0, { build: 'v1_rhel' }), false],
	['the group in another version', workOf(0, { version: 'v2' }), false],
	['a task of no group', { execution: { task: 't1', execution: 0 }, secret: '' }, false],
])('a host that is set up for a group finds %s: set up %s', (_what, work, isSetUp) => {
	expect(setUp().isSetUpFor(work)).toBe(isSetUp);
});

test('a host is set up until it leaves its group', async () => {
	const group = setUp();
	expect(group.seen).toEqual({ group: 'g', variant: 'ubuntu', version: 'v1' });
	expect(await group.leave()).toEqual({ isInTime: true, leftBehind: null });
	expect(group.seen).toBeNull();
	expect(group.isSetUpFor(workOf(0))).toBe(false);
});
