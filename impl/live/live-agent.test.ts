import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { groupSetup } from '../testing/group-fixture.ts';
import { HostFixture } from '../testing/host-fixture.ts';
import { until } from '../testing/until.ts';
import { LiveAgent } from './live-agent.ts';

// They wait for real processes, on machines that may be busy.
vi.setConfig({ testTimeout: 30_000 });

/** An agent whose host is set up for a group, and that has been given a task of none: it leaves the group. */
async function leaving(): Promise<LiveAgent> {
	const command = [{ command: 'test' }];
	const group = { setup_group: command, teardown_group: command };
	const fixture = await HostFixture.of(groupSetup(group, ['t1', 't3']));
	const agent = await LiveAgent.start({
		host: { id: 'h1', secret: fixture.secret() },
		apiServer: fixture.server.url,
		callAttempts: 3,
		folder: fixture.folder,
		pipes: fixture.folder,
	});
	onTestFinished(() => agent.leave());
	const succeeds = async (block: string): Promise<void> => {
		await untilRunning(agent, block);
		const pipe = join(fixture.folder, agent.look().foreground ?? '');
		await until(`${block} waits at its pipe`, () => existsSync(pipe));
		await writeFile(pipe, 'succeed\n');
	};
	await untilIdle(agent);
	agent.fire('poll');
	await succeeds('setup_group');
	await succeeds('main');
	await untilIdle(agent);
	expect(agent.look()).toMatchObject({ group: { group: 'g', variant: 'ubuntu', version: 'p1_1' } });
	agent.fire('poll');
	await untilRunning(agent, 'teardown_group');
	return agent;
}

const untilRunning = (agent: LiveAgent, block: string): Promise<void> =>
	until(`${block} runs`, () => {
		const { doing } = agent.look();
		return doing.kind === 'running' && doing.position.block === block;
	});

const untilIdle = (agent: LiveAgent): Promise<void> =>
	until('it is idle', () => {
		const { atRest, doing } = agent.look();
		return atRest && doing.kind === 'idle';
	});

test('teardown_group is seen to run for the group, on behalf of no execution', async () => {
	const agent = await leaving();
	const group = { group: 'g', variant: 'ubuntu', version: 'p1_1' };
	expect(agent.look()).toMatchObject({ atRest: true, execution: null, group, posted: null });
	agent.timeOut('timed-out-block');
	await untilRunning(agent, 'pre');
	expect(agent.look()).toMatchObject({ group: null, execution: { task: 't3' } });
});

test('an agent that is cut off meanwhile lets go of the task that it was given', async () => {
	const agent = await leaving();
	const { opened } = agent.look();
	agent.pass(60, true);
	await untilIdle(agent);
	expect(agent.look()).toMatchObject({ group: null, execution: null, opened });
});
