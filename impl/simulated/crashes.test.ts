import { expect, test } from 'vitest';
import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Route } from '../../model/vocabulary/message.ts';
import { MemoryStore } from '../store/memory.ts';
import { setupOf } from '../testing/setups.ts';
import { delivered, SimulationFixture } from '../testing/simulation-fixture.ts';
import { CrashingStore, ServerCrash } from './crashes.ts';

const crash = (route: Route, commit: 'before' | 'after'): Event => ({
	kind: 'server-crashes',
	message: { leg: 'request', route },
	commit,
});
const returns: Event = { kind: 'server-returns' };
const host = { id: 'h1', secret: '', running: null, disabled: false, gone: false };

async function marking(): Promise<SimulationFixture> {
	const fixture = await SimulationFixture.of(setupOf());
	await fixture.begin();
	await fixture.command('failed');
	return fixture;
}

test('a crash before the commit of a mark leaves nothing of it', async () => {
	const fixture = await marking();
	const seen = await fixture.play(crash('mark', 'before'));
	expect(seen).toMatchObject({ server: 'down', answer: null, messages: [], quota_used: 0 });
	expect(fixture.task()).toMatchObject({ mark: 'none', automatic_restarts: 0 });
	expect(fixture.doing()).toBe('mark 1');
});

test('a crash after the commit of a mark leaves all of it but the answer', async () => {
	const fixture = await marking();
	const seen = await fixture.play(crash('mark', 'after'));
	expect(seen).toMatchObject({ server: 'down', answer: null, messages: [], quota_used: 1 });
	expect(fixture.task()).toMatchObject({ mark: 'granted', automatic_restarts: 1 });
	await fixture.play(returns, { kind: 'call-retried', host: 'h1' }, delivered('request', 'mark'));
	expect(fixture.seen.answer).toEqual({ outcome: 'already_granted', status: 200 });
});

test('a crash after the first commit of an end loses the restart until the monitor runs', async () => {
	const fixture = await marking();
	await fixture.exchange('mark');
	await fixture.play(crash('end', 'after'));
	expect(fixture.task()).toMatchObject({ status: 'failed', execution: 0, restart_pending: true });
	await fixture.play(returns, { kind: 'call-retried', host: 'h1' }, delivered('request', 'end'));
	expect(fixture.seen.answer).toEqual({ outcome: 'already_ended', status: 200 });
	expect(fixture.task().execution).toBe(0);
	await fixture.play({ kind: 'monitor-runs' });
	expect(fixture.task()).toMatchObject({
		execution: 1,
		secret: 1,
		started_by: { by: 'mark', task: 't1', execution: 0 },
	});
});

test("a user's restart overtakes a pending one, and slot and budget are given back", async () => {
	const fixture = await marking();
	await fixture.exchange('mark');
	await fixture.play(crash('end', 'after'), returns);
	await fixture.play({ kind: 'user-restarts', task: 't1', execution: 0 });
	expect(fixture.seen.quota_used).toBe(0);
	expect(fixture.task()).toMatchObject({
		execution: 1,
		automatic_restarts: 0,
		restart_pending: false,
		started_by: { by: 'user' },
		history: [{ mark: 'granted' }],
	});
	await fixture.play({ kind: 'monitor-runs' });
	expect(fixture.task().execution).toBe(1);
});

test('a server that crashes between two requests loses nothing', async () => {
	const fixture = await marking();
	await fixture.play(delivered('request', 'mark'));
	const before = fixture.seen;
	await fixture.play({ kind: 'server-crashes' });
	expect(fixture.seen).toEqual({ ...before, server: 'down', answer: null });
	await fixture.play(delivered('reply', 'mark'));
	expect(fixture.doing()).toBe('end 1');
});

test.each([
	['before', undefined],
	['after', host],
] as const)('a crash %s the first commit passes over what only reads', async (commit, kept) => {
	const store = new CrashingStore(new MemoryStore());
	store.crashNext(commit);
	expect(await store.transaction((tx) => tx.host('h1'))).toBeUndefined();
	const given = store.transaction(() => Promise.reject(new Error('given up')));
	await expect(given).rejects.toThrow('given up');
	await expect(store.transaction((tx) => tx.saveHost(host))).rejects.toThrow(ServerCrash);
	expect(await store.transaction((tx) => tx.host('h1'))).toEqual(kept);
});

test('a request that changes nothing is not answered either by a server that crashes on it', async () => {
	const fixture = await SimulationFixture.of(setupOf());
	await fixture.begin();
	await fixture.play({ kind: 'user-aborts', task: 't1' }, { kind: 'heartbeat-sent', host: 'h1' });
	await fixture.play({ kind: 'agent-dies', host: 'h1' }, { kind: 'hours-pass', hours: 1 });
	await fixture.play({ kind: 'monitor-runs' }, crash('heartbeat', 'before'));
	expect(fixture.seen).toMatchObject({ server: 'down', answer: null, messages: [] });
});
