import { expect, test } from 'vitest';
import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import { setupOf } from '../testing/setups.ts';
import { delivered, SimulationFixture } from '../testing/simulation-fixture.ts';

const retried: Event = { kind: 'call-retried', host: 'h1' };
const abandoned: Event = { kind: 'call-abandoned', host: 'h1' };

const inFlight = ({ messages }: Observation) =>
	messages.map(({ leg, route, awaited }) => `${route} ${leg}${awaited ? '' : ', unawaited'}`);

async function asking(attempts = 2): Promise<SimulationFixture> {
	const fixture = await SimulationFixture.of(setupOf({}, { call_attempts: attempts }));
	await fixture.play({ kind: 'host-asks', host: 'h1' });
	return fixture;
}

test('a retried request stays in flight, unawaited, and is answered to nobody', async () => {
	const fixture = await asking();
	expect(inFlight(await fixture.play(retried))).toEqual([
		'next request, unawaited',
		'next request',
	]);
	expect(fixture.doing()).toBe('next 2');
	const seen = await fixture.play(delivered('request', 'next', { awaited: false }));
	expect(seen.answer).toEqual({ outcome: 'task', status: 200 });
	expect(inFlight(seen)).toEqual(['next request']);
});

test('replies of an attempt vanish when it is over', async () => {
	const fixture = await asking();
	await fixture.play(delivered('request', 'next'));
	expect(inFlight(await fixture.play(retried))).toEqual(['next request']);
});

test('the last attempt is not retried but given up', async () => {
	const fixture = await asking();
	await fixture.play(retried, retried);
	expect(fixture.doing()).toBe('idle');
	expect(inFlight(fixture.seen)).toEqual(['next request, unawaited', 'next request, unawaited']);
});

test('the copy of a request is never awaited, the copy of a reply vanishes with the other', async () => {
	const fixture = await asking();
	const request = { leg: 'request', route: 'next' } as const;
	const reply = { leg: 'reply', route: 'next' } as const;
	await fixture.play({ kind: 'message-repeated', message: request });
	expect(inFlight(fixture.seen)).toEqual(['next request', 'next request, unawaited']);
	await fixture.play(delivered('request', 'next'), { kind: 'message-repeated', message: reply });
	expect(inFlight(fixture.seen)).toEqual(['next request, unawaited', 'next reply', 'next reply']);
	await fixture.play(delivered('reply', 'next'));
	expect(inFlight(fixture.seen)).toEqual(['next request, unawaited', 'start request']);
});

test('a lost message is gone, and the agent waits on', async () => {
	const fixture = await asking();
	await fixture.play({ kind: 'message-lost', message: { leg: 'request', route: 'next' } });
	expect(fixture.doing()).toBe('next 1');
	expect(fixture.seen.messages).toEqual([]);
});

test('an agent whose start is given up lets go, without an end, and gets the task again', async () => {
	const fixture = await asking();
	await fixture.exchange('next');
	await fixture.play(abandoned);
	expect(fixture.doing()).toBe('idle');
	expect(inFlight(fixture.seen)).toEqual(['start request, unawaited']);
	expect(fixture.host()).toMatchObject({
		execution: null,
		assigned: { task: 't1', execution: 0 },
	});
	await fixture.play({ kind: 'host-asks', host: 'h1' });
	await fixture.exchange('next');
	expect(fixture.host().execution).toEqual({ task: 't1', execution: 0 });
});

test('an agent whose start is refused lets go, too', async () => {
	const fixture = await SimulationFixture.of(setupOf(), { rules: { isStale: () => true } });
	await fixture.play({ kind: 'host-asks', host: 'h1' });
	await fixture.exchange('next');
	await fixture.play({ kind: 'monitor-runs' });
	await fixture.exchange('start');
	expect(fixture.doing()).toBe('idle');
	expect(fixture.host().execution).toBeNull();
	expect(fixture.seen.messages).toEqual([]);
});

test('a dead agent holds nothing, and what it sent is awaited no more', async () => {
	const fixture = await asking();
	await fixture.exchange('next');
	await fixture.play({ kind: 'agent-dies', host: 'h1' });
	expect(fixture.host()).toMatchObject({ agent: 'dead', execution: null, doing: { kind: 'idle' } });
	expect(inFlight(fixture.seen)).toEqual(['start request, unawaited']);
	await fixture.play({ kind: 'agent-returns', host: 'h1' }, { kind: 'host-asks', host: 'h1' });
	await fixture.exchange('next');
	expect(fixture.host().execution).toEqual({ task: 't1', execution: 0 });
});
