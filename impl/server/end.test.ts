import { expect, test } from 'vitest';
import { ServerFixture } from '../testing/server-fixture.ts';

test('the first end fixes status, details and time, and frees the host', async () => {
	const fixture = await ServerFixture.started();
	fixture.clock.pass(1);
	const said = await fixture.end({ type: 'setup', timed_out: true, timeout_type: 'pre' });
	expect(said).toEqual([200, 'ok']);
	const ended = fixture.task();
	expect(ended).toMatchObject({
		status: 'failed',
		ended_at_ms: 3_600_000,
		details: { status: 'failed', type: 'setup', description: '', timed_out: 'block' },
	});
	expect(fixture.store.committedHost('h1')?.running).toBeNull();
	expect(await fixture.end({ status: 'success' })).toEqual([200, 'already_ended']);
	expect(fixture.task()).toBe(ended);
});

test('the end of an aborted execution is that it was aborted', async () => {
	const fixture = await ServerFixture.started();
	await fixture.abort();
	await fixture.end({ status: 'success', desc: 'all is well' });
	expect(fixture.task()).toMatchObject({
		remarks: null,
		status: 'failed',
		details: { status: 'failed', type: null, description: 'aborted', timed_out: null },
	});
});

test('what a process said is kept beside the details, and is archived with them', async () => {
	const fixture = await ServerFixture.started();
	await fixture.call('mark');
	await fixture.end({ desc: 'no disk', failure_metadata_tags: ['disk'] });
	expect(fixture.task().remarks).toBeNull();
	expect(fixture.store.committedHistory('t1')).toMatchObject([
		{
			details: { description: '' },
			remarks: { desc: 'no disk', failure_metadata_tags: ['disk'] },
		},
	]);
});

test('a failed end with a granted mark restarts the task, clean and archived', async () => {
	const fixture = await ServerFixture.started();
	await fixture.call('mark');
	const secret = fixture.task().secret;
	await fixture.end({ timed_out: true, timeout_type: 'idle' });
	expect(fixture.task()).toEqual({
		id: 't1',
		project: 'p1',
		version: 'p1_1',
		name: 'compile',
		variant: 'ubuntu',
		requester: 'gitter_request',
		place: null,
		activated: true,
		status: 'undispatched',
		execution: 1,
		secret: expect.not.stringMatching(`^${secret}$`),
		started_by: { by: 'mark', task: 't1', execution: 0 },
		host: null,
		aborted: false,
		mark: 'none',
		restart_pending: false,
		granted_order: 0,
		repair_pending: false,
		restart_asked: null,
		awaits_restart: false,
		automatic_restarts: 1,
		unit_restarts: 1,
		remarks: null,
		dispatched_at_ms: null,
		last_heartbeat_ms: null,
		ended_at_ms: null,
		details: null,
	});
	expect(fixture.store.committedHistory('t1')).toEqual([
		{
			task: 't1',
			execution: 0,
			secret,
			started_by: { by: 'schedule' },
			host: 'h1',
			aborted: false,
			mark: 'granted',
			dispatched_at_ms: 0,
			ended_at_ms: 0,
			remarks: null,
			details: { status: 'failed', type: 'test', description: '', timed_out: 'idle' },
		},
	]);
	expect(fixture.slots()).toBe(1);
});

test('a success makes the restart impossible, and gives slot and budget back', async () => {
	const fixture = await ServerFixture.started();
	await fixture.call('mark');
	await fixture.end({ status: 'success', type: '' });
	expect(fixture.task()).toMatchObject({
		status: 'success',
		execution: 0,
		mark: 'granted',
		restart_pending: false,
		automatic_restarts: 0,
		details: { type: null },
	});
	expect(fixture.slots()).toBe(0);
});

test('an end with a malformed body is refused, but only when its secrets are right', async () => {
	const fixture = await ServerFixture.started();
	const body = { status: 'banana' };
	expect(await fixture.call('end', 'h1', 't1', { body })).toEqual([400, null]);
	expect(await fixture.call('end', 'h1', 't1', { body, headers: {} })).toEqual([
		401,
		'refused_credentials',
	]);
	expect(fixture.task().status).toBe('started');
});

test('an end is for the host that its path names', async () => {
	const fixture = await ServerFixture.started();
	expect(await fixture.call('end', 'h2', 't1', { headers: fixture.headers() })).toEqual([
		409,
		'refused_credentials',
	]);
	expect(fixture.task().status).toBe('started');
});
