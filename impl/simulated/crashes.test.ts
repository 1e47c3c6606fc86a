import { expect, test } from 'vitest';
import type { Event } from '../../model/vocabulary/event.ts';
import type { Route } from '../../model/vocabulary/message.ts';
import { setupOf } from '../testing/setups.ts';
import { delivered, Stage } from '../testing/stage.ts';

const crash = (route: Route, commit: 'before' | 'after'): Event => ({
	kind: 'server-crashes',
	message: { leg: 'request', route },
	commit,
});
const returns: Event = { kind: 'server-returns' };

async function marking(): Promise<Stage> {
	const stage = await Stage.of(setupOf());
	await stage.begin();
	await stage.command('failed');
	return stage;
}

test('a crash before the commit of a mark leaves nothing of it', async () => {
	const stage = await marking();
	const seen = await stage.play(crash('mark', 'before'));
	expect(seen).toMatchObject({ server: 'down', answer: null, messages: [], quota_used: 0 });
	expect(stage.task()).toMatchObject({ mark: 'none', automatic_restarts: 0 });
	expect(stage.doing()).toBe('mark 1');
});

test('a crash after the commit of a mark leaves all of it but the answer', async () => {
	const stage = await marking();
	const seen = await stage.play(crash('mark', 'after'));
	expect(seen).toMatchObject({ server: 'down', answer: null, messages: [], quota_used: 1 });
	expect(stage.task()).toMatchObject({ mark: 'granted', automatic_restarts: 1 });
	await stage.play(returns, { kind: 'call-retried', host: 'h1' }, delivered('request', 'mark'));
	expect(stage.seen.answer).toEqual({ outcome: 'already_granted', status: 200 });
});

test('a crash after the first commit of an end loses the restart until the monitor runs', async () => {
	const stage = await marking();
	await stage.exchange('mark');
	await stage.play(crash('end', 'after'));
	expect(stage.task()).toMatchObject({ status: 'failed', execution: 0, restart_pending: true });
	await stage.play(returns, { kind: 'call-retried', host: 'h1' }, delivered('request', 'end'));
	expect(stage.seen.answer).toEqual({ outcome: 'already_ended', status: 200 });
	expect(stage.task().execution).toBe(0);
	await stage.play({ kind: 'monitor-runs' });
	expect(stage.task()).toMatchObject({
		execution: 1,
		secret: 1,
		started_by: { by: 'mark', task: 't1', execution: 0 },
	});
});

test("a user's restart overtakes a pending one, and slot and budget are given back", async () => {
	const stage = await marking();
	await stage.exchange('mark');
	await stage.play(crash('end', 'after'), returns);
	await stage.play({ kind: 'user-restarts', task: 't1', execution: 0 });
	expect(stage.seen.quota_used).toBe(0);
	expect(stage.task()).toMatchObject({
		execution: 1,
		automatic_restarts: 0,
		restart_pending: false,
		started_by: { by: 'user' },
		history: [{ mark: 'granted' }],
	});
	await stage.play({ kind: 'monitor-runs' });
	expect(stage.task().execution).toBe(1);
});

test('a server that crashes between two requests loses nothing', async () => {
	const stage = await marking();
	await stage.play(delivered('request', 'mark'));
	const before = stage.seen;
	await stage.play({ kind: 'server-crashes' });
	expect(stage.seen).toEqual({ ...before, server: 'down', answer: null });
	await stage.play(delivered('reply', 'mark'));
	expect(stage.doing()).toBe('end 1');
});
