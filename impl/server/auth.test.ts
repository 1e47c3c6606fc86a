import { expect, test } from 'vitest';
import type { Route } from '../../model/vocabulary/message.ts';
import { ServerFixture } from '../testing/server-fixture.ts';
import { setupOf, TWO } from '../testing/setups.ts';
import { HEADER } from '../wire/exchange.ts';

const ROUTES: readonly Route[] = ['start', 'heartbeat', 'mark', 'end'];

test.each(ROUTES)('%s checks the secrets in the order of the wire', async (route) => {
	const fixture = await ServerFixture.started(setupOf({}, {}, TWO));
	await fixture.call('next', 'h2');
	const right = fixture.headers();
	const say = (headers: object) =>
		fixture.call(route, 'h1', 't1', { headers: { ...right, ...headers } });
	const before = fixture.task();
	const no = 'refused_credentials';
	expect(await say({ [HEADER.taskSecret]: undefined })).toEqual([401, no]);
	expect(await say({ [HEADER.taskSecret]: 'wrong', [HEADER.hostSecret]: 'wrong' })).toEqual([
		409,
		no,
	]);
	expect(await say({ [HEADER.taskSecret]: fixture.task('t2').secret })).toEqual([409, no]);
	expect(await say({ [HEADER.task]: 't2' })).toEqual([409, no]);
	expect(await say({ [HEADER.hostSecret]: 'wrong' })).toEqual([401, no]);
	expect(await say({ [HEADER.hostSecret]: undefined })).toEqual([400, no]);
	expect(await say({ [HEADER.host]: undefined, [HEADER.hostSecret]: undefined })).toEqual([
		401,
		no,
	]);
	expect(await say({ [HEADER.host]: 'nowhere' })).toEqual([404, no]);
	expect(await say({ [HEADER.host]: '%' })).toEqual([401, no]);
	expect(await fixture.call(route, 'h1', 't1', { headers: fixture.headers('h2', 't1') })).toEqual([
		409,
		no,
	]);
	expect(await fixture.call(route, 'h1', 'nothing', { headers: right })).toEqual([404, no]);
	expect(fixture.task()).toBe(before);
});

test.each(ROUTES)('%s of an ended execution is answered for one hour', async (route) => {
	const fixture = await ServerFixture.started();
	const headers = fixture.headers();
	await fixture.end();
	const late =
		route === 'end'
			? [200, 'already_ended']
			: [route === 'mark' ? 400 : 409, 'refused_not_running'];
	fixture.clock.pass(1);
	expect(await fixture.call(route, 'h1', 't1', { headers })).toEqual(late);
	fixture.clock.pass(1);
	expect(await fixture.call(route, 'h1', 't1', { headers })).toEqual([401, 'refused_credentials']);
});

test.each(ROUTES)('%s of an archived execution is answered for one hour', async (route) => {
	const fixture = await ServerFixture.started();
	const headers = fixture.headers();
	await fixture.end();
	await fixture.restart(0);
	const before = fixture.task();
	const late =
		route === 'end'
			? [200, 'already_ended']
			: [route === 'mark' ? 400 : 409, 'refused_not_running'];
	fixture.clock.pass(1);
	expect(await fixture.call(route, 'h1', 't1', { headers })).toEqual(late);
	fixture.clock.pass(1);
	expect(await fixture.call(route, 'h1', 't1', { headers })).toEqual([401, 'refused_credentials']);
	expect(fixture.task()).toBe(before);
});

test('age is checked before the host, which is checked before its relation to the task', async () => {
	const fixture = await ServerFixture.started(setupOf({}, {}, TWO));
	const headers = { ...fixture.headers('h2', 't1') };
	await fixture.end();
	expect(await fixture.call('mark', 'h1', 't1', { headers })).toEqual([409, 'refused_credentials']);
	fixture.clock.pass(2);
	expect(await fixture.call('mark', 'h1', 't1', { headers })).toEqual([401, 'refused_credentials']);
});

test('a host must prove itself before it gets work', async () => {
	const fixture = await ServerFixture.of(setupOf({}, {}, TWO));
	const right = fixture.headers();
	const say = (host: string, headers: object) =>
		fixture.call('next', host, 't1', { headers: { ...right, ...headers } });
	expect(await say('h1', { [HEADER.hostSecret]: 'wrong' })).toEqual([401, 'refused_credentials']);
	expect(await say('h1', { [HEADER.hostSecret]: undefined })).toEqual([400, 'refused_credentials']);
	expect(await say('h1', { [HEADER.host]: undefined, [HEADER.hostSecret]: undefined })).toEqual([
		401,
		'refused_credentials',
	]);
	expect(await say('h2', {})).toEqual([401, 'refused_credentials']);
	expect(await say('h9', {})).toEqual([404, 'refused_credentials']);
	expect(fixture.task().status).toBe('undispatched');
});
