import { expect, test } from 'vitest';
import { type Configuration, SetupFailed, type Work } from '../ports/configuration.ts';
import { HeldShell, HeldTimers, settled } from '../testing/held-ports.ts';
import { type GroupLeft, GroupTeardown } from './group-teardown.ts';

const WORK: Work = {
	execution: { task: 't1', execution: 2 },
	secret: '',
	group: { group: 'g', version: 'v1', build: 'b1', restarts: 0 },
};

const command = { command: 'make', retry_on_failure: true };

const CONFIGURATION: Configuration = {
	project: {
		id: 'p1',
		tasks: [],
		task_groups: [
			{
				name: 'g',
				tasks: ['compile'],
				teardown_group: [command, { ...command, background: true }, command],
			},
		],
	},
	task: 'compile',
	variant: 'ubuntu',
	group: 'g',
	requester: 'gitter_request',
};

/** A host that leaves its group, with its commands and its clock in hand. */
class Leaving {
	readonly did: string[] = [];
	readonly shell = new HeldShell((what) => this.did.push(what));
	readonly timers = new HeldTimers();
	readonly teardown = new GroupTeardown(this.shell, this.timers);
	left: GroupLeft | null = null;
	error: unknown = null;

	async begin(configuration = CONFIGURATION): Promise<void> {
		this.teardown.toEnd(WORK, configuration).then(
			(left) => {
				this.left = left;
			},
			(error: unknown) => {
				this.error = error;
			},
		);
		await settled();
	}

	async ends(outcome: 'succeeded' | 'failed' | 'timed-out-block'): Promise<void> {
		this.shell.end({ outcome });
		await settled();
	}
}

test('the block runs where the last task ran, whatever its commands come to, and nothing is left', async () => {
	const leaving = new Leaving();
	await leaving.begin();
	expect(leaving.did).toEqual(['begin t1.2, set up', 'teardown_group 1']);
	await leaving.ends('failed');
	expect(leaving.left).toBeNull();
	expect(leaving.shell.background).toEqual(['teardown_group 2']);
	await leaving.ends('succeeded');
	expect(leaving.did.slice(2)).toEqual([
		'teardown_group 2 in the background',
		'teardown_group 3',
		'clean up',
	]);
	expect(leaving.shell.background).toEqual([]);
	expect(leaving.left).toEqual({ isInTime: true, leftBehind: null });
	expect(leaving.timers.running).toEqual([]);
});

test('a failure in the background stops nothing', async () => {
	const leaving = new Leaving();
	await leaving.begin();
	await leaving.ends('succeeded');
	leaving.shell.failInBackground('teardown_group 2');
	await leaving.ends('succeeded');
	expect(leaving.left).toEqual({ isInTime: true, leftBehind: null });
});

test('its own time limit ends the block', async () => {
	const leaving = new Leaving();
	await leaving.begin();
	await leaving.ends('timed-out-block');
	expect(leaving.did.slice(2)).toEqual(['clean up']);
	expect(leaving.left).toEqual({ isInTime: true, leftBehind: null });
});

test('after F the task that waits is not this agent’s any more: what runs is killed', async () => {
	const leaving = new Leaving();
	await leaving.begin();
	expect(leaving.timers.running).toMatchObject([{ purpose: 'fence', delay_s: 360 }]);
	await leaving.timers.fire('fence');
	await settled();
	expect(leaving.did.slice(2)).toEqual(['clean up']);
	expect(leaving.left).toEqual({ isInTime: false, leftBehind: null });
});

test('where the host can no longer work there, no command runs, and that it is left behind is said', async () => {
	const leaving = new Leaving();
	leaving.shell.broken.setUp = true;
	await leaving.begin();
	expect(leaving.did).toEqual(['begin t1.2, set up']);
	expect(leaving.left).toEqual({ isInTime: true, leftBehind: 'no folder can be made' });
});

test('what cannot be removed is said', async () => {
	const leaving = new Leaving();
	leaving.shell.broken.cleanUp = true;
	await leaving.begin();
	await leaving.ends('timed-out-block');
	expect(leaving.left).toEqual({ isInTime: true, leftBehind: 'the folder cannot be removed' });
});

test('given up before a command runs, none runs', async () => {
	const leaving = new Leaving();
	const begun = leaving.shell.hold();
	await leaving.begin();
	leaving.teardown.giveUp();
	begun();
	await settled();
	expect(leaving.did).toEqual(['begin t1.2, set up', 'clean up']);
	expect(leaving.left).toEqual({ isInTime: false, leftBehind: null });
});

test('a mistake of the agent’s own is not told as a host that cannot do it', async () => {
	const leaving = new Leaving();
	leaving.shell.begin = () => {
		throw new TypeError('a mistake');
	};
	await leaving.begin();
	expect(leaving.error).toBeInstanceOf(TypeError);
	expect(leaving.error).not.toBeInstanceOf(SetupFailed);
});
