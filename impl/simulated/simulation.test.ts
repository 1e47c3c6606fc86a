import { expect, test } from 'vitest';
import { Observation } from '../../model/vocabulary/observation.ts';
import { RULES } from '../server/rules.ts';
import { setupOf, TWO } from '../testing/setups.ts';
import { delivered, SimulationFixture } from '../testing/simulation-fixture.ts';
import { untilAtRest } from './rest.ts';
import { Simulation } from './simulation.ts';

test('what is seen before any event is what the setup says', async () => {
	const flagged = { func: 'f', retry_on_failure: true };
	const fixture = await SimulationFixture.of(setupOf({ pre: [flagged] }, {}, TWO));
	expect(Observation.parse(fixture.seen)).toEqual(fixture.seen);
	expect(fixture.seen).toMatchObject({
		minute: 0,
		server: 'up',
		messages: [],
		in_hand: [],
		quota_used: 0,
		answer: null,
		ignored_flags: [{ task: null, block: 'pre', step: 0, func: 'f' }],
		tasks: [
			{ id: 't1', status: 'undispatched', secret: 0, history: [] },
			{ id: 't2', status: 'undispatched', secret: 0, history: [] },
		],
		hosts: [{ id: 'h1', agent: 'alive', doing: { kind: 'idle' } }, { id: 'h2' }],
	});
});

test('parts that an event does not change are the same objects as before', async () => {
	const fixture = await SimulationFixture.of(setupOf({}, {}, TWO));
	const before = fixture.seen;
	await fixture.play({ kind: 'host-asks', host: 'h1' }, delivered('request', 'next'));
	expect(fixture.seen.tasks[0]).not.toBe(before.tasks[0]);
	expect(fixture.seen.tasks[1]).toBe(before.tasks[1]);
	expect(fixture.seen.hosts[1]).toBe(before.hosts[1]);
});

test('what was seen once does not change afterwards', async () => {
	const fixture = await SimulationFixture.of(setupOf());
	await fixture.begin();
	const seen = fixture.seen;
	const copy = structuredClone(seen);
	await fixture.command('failed');
	await fixture.exchange('mark');
	await fixture.exchange('end');
	expect(seen).toEqual(copy);
	expect(fixture.task().history).toHaveLength(1);
});

test('a slot is in use for 24 hours', async () => {
	const fixture = await SimulationFixture.of(setupOf());
	await fixture.begin();
	await fixture.command('failed');
	await fixture.exchange('mark');
	await fixture.play({ kind: 'hours-pass', hours: 23 });
	expect(fixture.seen.quota_used).toBe(1);
	await fixture.play({ kind: 'hours-pass', hours: 1 });
	expect(fixture.seen.quota_used).toBe(0);
});

test('secrets are told apart by what they are, not by what they should be', async () => {
	const keepsSecret = {
		reset: (...[ended, by]: Parameters<typeof RULES.reset>) => RULES.reset(ended, by, ended.secret),
	};
	const fixture = await SimulationFixture.of(setupOf(), { rules: keepsSecret });
	await fixture.begin();
	await fixture.command('failed');
	await fixture.exchange('mark');
	await fixture.exchange('end');
	expect(fixture.task()).toMatchObject({ execution: 1, secret: 0 });
});

test('an event that is not possible is a mistake of the caller, and said so', async () => {
	const simulation = await Simulation.start(setupOf());
	await expect(simulation.apply(delivered('request', 'mark'))).rejects.toThrow('no such message');
	await simulation.apply({ kind: 'agent-dies', host: 'h1' });
	await expect(simulation.apply({ kind: 'host-asks', host: 'h1' })).rejects.toThrow('is dead');
	await expect(simulation.apply({ kind: 'host-asks', host: 'h9' })).rejects.toThrow('no host');
	await simulation.apply({ kind: 'server-crashes' });
	await expect(simulation.apply({ kind: 'monitor-runs' })).rejects.toThrow('is down');
});

test('a bug of the app server is not kept quiet', async () => {
	const authenticate = (): never => {
		throw new Error('a bug');
	};
	const fixture = await SimulationFixture.of(setupOf(), { rules: { authenticate } });
	await fixture.play({ kind: 'host-asks', host: 'h1' });
	await fixture.exchange('next');
	await expect(fixture.play(delivered('request', 'start'))).rejects.toThrow('a bug');
});

test('what waits for something that is no event is found out', async () => {
	await expect(untilAtRest(() => false)).rejects.toThrow('something that is no event');
});
