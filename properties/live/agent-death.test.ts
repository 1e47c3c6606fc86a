import { afterAll, expect, test } from 'vitest';
import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Route } from '../../model/vocabulary/message.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import type { Block } from '../../model/vocabulary/project.ts';
import { Setup } from '../../model/vocabulary/setup.ts';
import { model } from '../systems/model.ts';
import { replaying, trial } from '../trial/trial.ts';
import { live } from './system.ts';

const COMMAND = { command: 'shell.exec' };
const SETUP = Setup.parse({
	project: {
		id: 'p1',
		tasks: [{ name: 'compile', commands: [{ ...COMMAND, background: true }, COMMAND] }],
		pre: [COMMAND],
		timeout: [COMMAND],
		post: [COMMAND],
	},
	tasks: [{ id: 't1', task: 'compile', variant: 'ubuntu' }],
	hosts: ['h1'],
});

const host = 'h1';
const exchange = (route: Route): Event[] => [
	{ kind: 'message-delivered', message: { leg: 'request', route } },
	{ kind: 'message-delivered', message: { leg: 'reply', route } },
];
const ends = (outcome: Extract<Event, { kind: 'command-ends' }>['outcome']): Event => ({
	kind: 'command-ends',
	host,
	outcome,
});
const BEGIN: readonly Event[] = [
	{ kind: 'host-asks', host },
	...exchange('next'),
	...exchange('start'),
];
/** How the agent gets to each block. */
const WAY: Readonly<Partial<Record<Block, readonly Event[]>>> = {
	pre: BEGIN,
	main: [...BEGIN, ends('succeeded')],
	timeout: [...BEGIN, ends('succeeded'), ends('timed-out-idle')],
	post: [...BEGIN, ends('succeeded'), ends('succeeded')],
};

const system = live();
afterAll(() => system.close(), 60_000);

test.each(Object.entries(WAY))(
	'an agent killed in %s takes its commands along, and the monitor ends the execution',
	async (block, way) => {
		const seen: Observation[] = [];
		const events: readonly Event[] = [
			...way,
			{ kind: 'agent-dies', host },
			{ kind: 'hours-pass', hours: 1 },
			{ kind: 'monitor-runs' },
		];
		const { finding, exercised } = await trial([model(), system], SETUP, replaying(events), {
			onStep: ({ seen: [, onLive] }) => {
				if (onLive !== undefined) seen.push(onLive);
			},
		});
		expect(finding).toBeNull();
		expect(seen[way.length - 1]?.hosts[0]?.doing).toMatchObject({
			kind: 'running',
			position: { block },
		});
		expect(seen[way.length]?.hosts[0]).toMatchObject({ agent: 'dead', assigned: { task: 't1' } });
		const [task] = seen[events.length - 1]?.tasks ?? [];
		expect(task).toMatchObject({
			status: 'failed',
			execution: 0,
			details: { type: 'system', description: 'heartbeat' },
		});
		expect(exercised.get('L2')).toBeGreaterThan(0);
	},
	60_000,
);
