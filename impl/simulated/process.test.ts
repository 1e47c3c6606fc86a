import { expect, test } from 'vitest';
import { flagAgent } from '../designs/flag-agent.ts';
import { DEFAULT_AGENT_SETUP } from '../ports/configuration.ts';
import { LightResponse } from '../wire/exchange.ts';
import { SimulatedNetwork } from './network.ts';
import { AgentProcess } from './process.ts';
import { untilAtRest } from './rest.ts';

const TASK = { outcome: 'task', task_id: 't1', task_secret: 's', task_execution: 0 };

/** An agent that sleeps until it is time to ask for work. */
async function started(): Promise<AgentProcess> {
	const agent = new AgentProcess({
		host: { id: 'h1', secret: 's' },
		network: new SimulatedNetwork(),
		configurations: {
			ofAgent: () => DEFAULT_AGENT_SETUP,
			of: () => {
				throw new Error('a bug');
			},
			giveUp: () => {},
		},
		callAttempts: 1,
		variant: flagAgent,
		rules: {},
	});
	await untilAtRest(() => agent.isAtRest);
	return agent;
}

test('an agent is at rest when it waits for an event, and not before', async () => {
	const agent = await started();
	expect(agent.isAtRest).toBe(true);
	agent.timers.poll();
	expect(agent.isAtRest).toBe(false);
	await untilAtRest(() => agent.isAtRest);
	expect(agent.agent.client.pending).toEqual({ route: 'next', sent: 1 });
});

test('a bug that ends an agent is not kept quiet', async () => {
	const agent = await started();
	agent.timers.poll();
	await untilAtRest(() => agent.isAtRest);
	agent.transport.call?.deliver(new LightResponse(200, TASK));
	await expect(untilAtRest(() => agent.isAtRest)).rejects.toThrow('a bug');
});

test('an agent that is told of a task without its secret goes on asking', async () => {
	const agent = await started();
	agent.timers.poll();
	await untilAtRest(() => agent.isAtRest);
	agent.transport.call?.deliver(new LightResponse(200, { ...TASK, task_secret: undefined }));
	await untilAtRest(() => agent.isAtRest);
	expect(agent.timers.isPolling).toBe(true);
});
