import { expect, test } from 'vitest';
import type { Event } from '../../model/vocabulary/event.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import { setupOf } from '../testing/setups.ts';
import { delivered, Stage } from '../testing/stage.ts';

const retried: Event = { kind: 'call-retried', host: 'h1' };
const abandoned: Event = { kind: 'call-abandoned', host: 'h1' };

const inFlight = ({ messages }: Observation) =>
	messages.map(({ leg, route, awaited }) => `${route} ${leg}${awaited ? '' : ', unawaited'}`);

async function asking(attempts = 2): Promise<Stage> {
	const stage = await Stage.of(setupOf({}, { call_attempts: attempts }));
	await stage.play({ kind: 'host-asks', host: 'h1' });
	return stage;
}

test('a retried request stays in flight, unawaited, and is answered to nobody', async () => {
	const stage = await asking();
	expect(inFlight(await stage.play(retried))).toEqual(['next request, unawaited', 'next request']);
	expect(stage.doing()).toBe('next 2');
	const seen = await stage.play(delivered('request', 'next', { awaited: false }));
	expect(seen.answer).toEqual({ outcome: 'task', status: 200 });
	expect(inFlight(seen)).toEqual(['next request']);
});

test('replies of an attempt vanish when it is over', async () => {
	const stage = await asking();
	await stage.play(delivered('request', 'next'));
	expect(inFlight(await stage.play(retried))).toEqual(['next request']);
});

test('the last attempt is not retried but given up', async () => {
	const stage = await asking();
	await stage.play(retried, retried);
	expect(stage.doing()).toBe('idle');
	expect(inFlight(stage.seen)).toEqual(['next request, unawaited', 'next request, unawaited']);
});

test('the copy of a request is never awaited, the copy of a reply vanishes with the other', async () => {
	const stage = await asking();
	const request = { leg: 'request', route: 'next' } as const;
	const reply = { leg: 'reply', route: 'next' } as const;
	await stage.play({ kind: 'message-repeated', message: request });
	expect(inFlight(stage.seen)).toEqual(['next request', 'next request, unawaited']);
	await stage.play(delivered('request', 'next'), { kind: 'message-repeated', message: reply });
	expect(inFlight(stage.seen)).toEqual(['next request, unawaited', 'next reply', 'next reply']);
	await stage.play(delivered('reply', 'next'));
	expect(inFlight(stage.seen)).toEqual(['next request, unawaited', 'start request']);
});

test('a lost message is gone, and the agent waits on', async () => {
	const stage = await asking();
	await stage.play({ kind: 'message-lost', message: { leg: 'request', route: 'next' } });
	expect(stage.doing()).toBe('next 1');
	expect(stage.seen.messages).toEqual([]);
});

test('an agent whose start is given up lets go, without an end, and gets the task again', async () => {
	const stage = await asking();
	await stage.exchange('next');
	await stage.play(abandoned);
	expect(stage.doing()).toBe('idle');
	expect(inFlight(stage.seen)).toEqual(['start request, unawaited']);
	expect(stage.host()).toMatchObject({
		execution: null,
		assigned: { task: 't1', execution: 0 },
	});
	await stage.play({ kind: 'host-asks', host: 'h1' });
	await stage.exchange('next');
	expect(stage.host().execution).toEqual({ task: 't1', execution: 0 });
});

test('an agent whose start is refused lets go, too', async () => {
	const stage = await Stage.of(setupOf(), { rules: { isStale: () => true } });
	await stage.play({ kind: 'host-asks', host: 'h1' });
	await stage.exchange('next');
	await stage.play({ kind: 'monitor-runs' });
	await stage.exchange('start');
	expect(stage.doing()).toBe('idle');
	expect(stage.host().execution).toBeNull();
	expect(stage.seen.messages).toEqual([]);
});

test('a dead agent holds nothing, and what it sent is awaited no more', async () => {
	const stage = await asking();
	await stage.exchange('next');
	await stage.play({ kind: 'agent-dies', host: 'h1' });
	expect(stage.host()).toMatchObject({ agent: 'dead', execution: null, doing: { kind: 'idle' } });
	expect(inFlight(stage.seen)).toEqual(['start request, unawaited']);
	await stage.play({ kind: 'agent-returns', host: 'h1' }, { kind: 'host-asks', host: 'h1' });
	await stage.exchange('next');
	expect(stage.host().execution).toEqual({ task: 't1', execution: 0 });
});
