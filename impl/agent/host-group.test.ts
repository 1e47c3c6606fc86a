import { expect, test } from 'vitest';
import type { GroupRun, Work } from '../ports/configuration.ts';
import { SimulatedShell } from '../simulated/shell.ts';
import { SimulatedTimers } from '../simulated/timers.ts';
import { HostGroup } from './host-group.ts';

const RUN: GroupRun = { group: 'g', version: 'v1', build: 'v1_ubuntu', restarts: 1 };

const workOf = (run: Partial<GroupRun> = {}): Work => ({
	execution: { task: 't1', execution: 0 },
	secret: '',
	group: { ...RUN, ...run },
});

/** A host on which a task of the group has started, after the group was restarted once. */
function setUp(): HostGroup {
	const group = new HostGroup(new SimulatedShell(), new SimulatedTimers());
	group.started(workOf(), {
		project: { id: 'p1', tasks: [], task_groups: [{ name: 'g', tasks: ['compile'] }] },
		task: 'compile',
		variant: 'ubuntu',
		group: 'g',
		requester: 'gitter_request',
	});
	return group;
}

test.each([
	['a task of the group', workOf(), true],
	['one that was handed out before its restart', workOf({ restarts: 0 }), true],
	['one that was handed out after a further restart', workOf({ restarts: 2 }), false],
	['another group', workOf({ group: 'other' }), false],
	['the group in another build', workOf({ build: 'v1_rhel' }), false],
	['the group in another version', workOf({ version: 'v2' }), false],
	['a task of no group', { execution: { task: 't1', execution: 0 }, secret: '' }, false],
])('a host that is set up for a group finds %s: set up %s', (_what, work, isSetUp) => {
	expect(setUp().isSetUpFor(work)).toBe(isSetUp);
});

test('a host is set up until it leaves its group', async () => {
	const group = setUp();
	expect(group.seen).toEqual({ group: 'g', variant: 'ubuntu', version: 'v1' });
	expect(await group.leave()).toEqual({ isInTime: true, leftBehind: null });
	expect(group.seen).toBeNull();
	expect(group.isSetUpFor(workOf())).toBe(false);
});
