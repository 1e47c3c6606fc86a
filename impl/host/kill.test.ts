import { setTimeout as delay } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { commandOf, ShellFixture, untilGone } from '../testing/shell-fixture.ts';
import { isAlive } from './orphans.ts';

// They wait for real processes, on machines that may be busy.
vi.setConfig({ testTimeout: 30_000 });

/** A tree of three generations, whose ids are written to the folder that all executions share. */
const TREE = `
sh -c 'echo $$ > "$F/child"; sh -c "echo \\$\\$ > $F/grandchild; sleep 60" & wait' &
echo $$ > "$F/parent"
wait
`;
const FAMILY = ['parent', 'child', 'grandchild'];

const environment = (fixture: ShellFixture) => ({ env: { F: fixture.folder } });
const family = (fixture: ShellFixture): Promise<number[]> =>
	Promise.all(FAMILY.map((name) => fixture.pid(name)));

test('killing a command kills all that it has started, and is no failure', async () => {
	const fixture = new ShellFixture();
	const running = fixture.shell.run(
		commandOf('shell.exec', { script: TREE, ...environment(fixture) }),
	);
	const pids = await family(fixture);
	expect(pids.every(isAlive)).toBe(true);
	running.kill();
	expect((await running.ended).outcome).toBe('killed');
	for (const pid of pids) await untilGone(pid);
});

test('a command that has ended by itself was not killed', async () => {
	const fixture = new ShellFixture();
	const running = fixture.shell.run(commandOf('shell.exec', { script: 'exit 1' }));
	expect((await running.ended).outcome).toBe('failed');
	running.kill();
	expect((await running.ended).outcome).toBe('failed');
});

test.each([
	['exec', { exec_s: 100 }, 'main', 'timed-out-exec'],
	['exec', { exec_s: 100 }, 'pre', 'timed-out-exec'],
	['idle', { idle_s: 100 }, 'main', 'timed-out-idle'],
	['block', { pre_s: 100 }, 'pre', 'timed-out-block'],
	['block', { post_s: 100 }, 'post', 'timed-out-block'],
	['block', { timeout_s: 100 }, 'timeout', 'timed-out-block'],
] as const)(
	'the %s limit of %o kills the whole tree in %s',
	async (_kind, limits, block, outcome) => {
		const fixture = new ShellFixture({ pace: 0.01, limits });
		const running = fixture.run(TREE, environment(fixture), block);
		const pids = await family(fixture);
		expect(await running).toBe(outcome);
		for (const pid of pids) await untilGone(pid);
	},
);

test('output keeps a command from being idle, and its own limit counts more than the task’s', async () => {
	const fixture = new ShellFixture({ pace: 0.01, limits: { idle_s: 100 } });
	const chatter = 'for i in 1 2 3 4 5; do echo $i; sleep 0.3; done';
	expect(await fixture.run(chatter, { silent: true })).toBe('succeeded');
	expect(await fixture.run('sleep 10')).toBe('timed-out-idle');
	const own = commandOf('shell.exec', { script: 'sleep 1.5' }, 'main', { timeout_secs: 1000 });
	expect(await fixture.outcome(own)).toBe('succeeded');
});

test('the exec limit is one for pre and main together, a block limit one for its block', async () => {
	const fixture = new ShellFixture({ pace: 0.01, limits: { exec_s: 200, post_s: 200 } });
	const began = performance.now();
	expect(await fixture.run('sleep 1.2', {}, 'pre')).toBe('succeeded');
	expect(await fixture.run('sleep 10', {}, 'main')).toBe('timed-out-exec');
	expect(await fixture.run('sleep 1.2', {}, 'post')).toBe('succeeded');
	expect(await fixture.run('sleep 10', {}, 'post')).toBe('timed-out-block');
	// Two limits of two seconds; four, were they each command's own.
	expect(performance.now() - began).toBeLessThan(6000);
});

test('limits of the project count more than those of the agent', async () => {
	const fixture = new ShellFixture(
		{ pace: 0.01, limits: { exec_s: 1 } },
		{ project: { id: 'p1', tasks: [], exec_timeout_secs: 1000 } },
	);
	expect(await fixture.run('sleep 0.2')).toBe('succeeded');
});

test('exec and idle limits do not apply after main', async () => {
	const fixture = new ShellFixture({ pace: 0.01, limits: { exec_s: 1, idle_s: 1 } });
	expect(await fixture.run('sleep 0.2', {}, 'post')).toBe('succeeded');
});

test('killed background commands do not fail', async () => {
	const fixture = new ShellFixture();
	let failures = 0;
	fixture.shell.start(commandOf('shell.exec', { script: TREE, ...environment(fixture) }), () => {
		failures++;
	});
	const pids = await family(fixture);
	fixture.shell.killBackground();
	for (const pid of pids) await untilGone(pid);
	await delay(50);
	expect(failures).toBe(0);
	expect(fixture.log()).toContain('killed');
});

test('a command that leaves something behind has ended all the same, and it is gone at the end', async () => {
	const fixture = new ShellFixture();
	const script = 'sleep 60 & echo $! > "$F/left"; exit 0';
	expect(await fixture.run(script, environment(fixture))).toBe('succeeded');
	const left = await fixture.pid('left');
	expect(isAlive(left)).toBe(true);
	await fixture.shell.finish();
	await untilGone(left);
});

test.runIf(process.platform === 'linux')(
	'what leaves its process group is found at the end of its execution',
	async () => {
		const fixture = new ShellFixture();
		const script = `setsid sh -c 'echo $$ > "$F/orphan"; exec sleep 60' > /dev/null 2>&1 &`;
		expect(await fixture.run(script, environment(fixture))).toBe('succeeded');
		const orphan = await fixture.pid('orphan');
		await fixture.shell.finish();
		await untilGone(orphan);
	},
);

test('the end of an execution closes its log, and waits for nobody who holds on to it', async () => {
	const fixture = new ShellFixture();
	await fixture.run('sleep 60 & echo before');
	const began = performance.now();
	await fixture.shell.finish();
	expect(performance.now() - began).toBeLessThan(2500);
	expect(fixture.log()).toMatch(/^before$/m);
});
