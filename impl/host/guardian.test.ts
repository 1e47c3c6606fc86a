import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { untilGone } from '../testing/shell-fixture.ts';
import { Guardian } from './guardian.ts';
import { isAlive, kill } from './orphans.ts';

// They wait for real processes, on machines that may be busy.
vi.setConfig({ testTimeout: 30_000 });

/** A process that leads a group of two. */
async function group(): Promise<number> {
	const leader = spawn('sh', ['-c', 'sleep 60 & echo; wait'], { detached: true });
	await once(leader.stdout, 'data');
	const pid = leader.pid ?? 0;
	onTestFinished(() => {
		kill(-pid);
	});
	return pid;
}

test('what a guardian watches is killed when it is left alone, what it forgot is not', async () => {
	const [first, second, third, fourth] = [
		await group(),
		await group(),
		await group(),
		await group(),
	];
	const guardian = new Guardian();
	for (const pid of [first, second, third, fourth]) guardian.watch(pid);
	guardian.forget(second);
	guardian.forget(fourth);
	guardian.dismiss();
	await untilGone(first);
	await untilGone(third);
	expect(isAlive(second)).toBe(true);
	expect(isAlive(fourth)).toBe(true);
});
