import { expect, test } from 'vitest';
import type { Route } from '../../model/vocabulary/message.ts';
import { Bench } from '../testing/bench.ts';
import { setupOf, TWO } from '../testing/setups.ts';
import { HEADER } from '../wire/exchange.ts';

const ROUTES: readonly Route[] = ['start', 'heartbeat', 'mark', 'end'];

test.each(ROUTES)('%s checks the secrets in the order of the wire', async (route) => {
	const bench = await Bench.started(setupOf({}, {}, TWO));
	await bench.call('next', 'h2');
	const right = bench.headers();
	const say = (headers: object) =>
		bench.call(route, 'h1', 't1', { headers: { ...right, ...headers } });
	const before = bench.task();
	const no = 'refused_credentials';
	expect(await say({ [HEADER.taskSecret]: undefined })).toEqual([401, no]);
	expect(await say({ [HEADER.taskSecret]: 'wrong', [HEADER.hostSecret]: 'wrong' })).toEqual([
		409,
		no,
	]);
	expect(await say({ [HEADER.taskSecret]: bench.task('t2').secret })).toEqual([409, no]);
	expect(await say({ [HEADER.task]: 't2' })).toEqual([409, no]);
	expect(await say({ [HEADER.hostSecret]: 'wrong' })).toEqual([401, no]);
	expect(await say({ [HEADER.hostSecret]: undefined })).toEqual([400, no]);
	expect(await say({ [HEADER.host]: undefined, [HEADER.hostSecret]: undefined })).toEqual([
		401,
		no,
	]);
	expect(await say({ [HEADER.host]: 'nowhere' })).toEqual([404, no]);
	expect(await say({ [HEADER.host]: '%' })).toEqual([401, no]);
	expect(await bench.call(route, 'h1', 't1', { headers: bench.headers('h2', 't1') })).toEqual([
		409,
		no,
	]);
	expect(await bench.call(route, 'h1', 'nothing', { headers: right })).toEqual([404, no]);
	expect(bench.task()).toBe(before);
});

test.each(ROUTES)('%s of an ended execution is answered for one hour', async (route) => {
	const bench = await Bench.started();
	const headers = bench.headers();
	await bench.end();
	const late =
		route === 'end'
			? [200, 'already_ended']
			: [route === 'mark' ? 400 : 409, 'refused_not_running'];
	bench.clock.pass(1);
	expect(await bench.call(route, 'h1', 't1', { headers })).toEqual(late);
	bench.clock.pass(1);
	expect(await bench.call(route, 'h1', 't1', { headers })).toEqual([401, 'refused_credentials']);
});

test.each(ROUTES)('%s of an archived execution is answered for one hour', async (route) => {
	const bench = await Bench.started();
	const headers = bench.headers();
	await bench.end();
	await bench.restart(0);
	const before = bench.task();
	const late =
		route === 'end'
			? [200, 'already_ended']
			: [route === 'mark' ? 400 : 409, 'refused_not_running'];
	bench.clock.pass(1);
	expect(await bench.call(route, 'h1', 't1', { headers })).toEqual(late);
	bench.clock.pass(1);
	expect(await bench.call(route, 'h1', 't1', { headers })).toEqual([401, 'refused_credentials']);
	expect(bench.task()).toBe(before);
});

test('age is checked before the host, which is checked before its relation to the task', async () => {
	const bench = await Bench.started(setupOf({}, {}, TWO));
	const headers = { ...bench.headers('h2', 't1') };
	await bench.end();
	expect(await bench.call('mark', 'h1', 't1', { headers })).toEqual([409, 'refused_credentials']);
	bench.clock.pass(2);
	expect(await bench.call('mark', 'h1', 't1', { headers })).toEqual([401, 'refused_credentials']);
});

test('a host must prove itself before it gets work', async () => {
	const bench = await Bench.of(setupOf({}, {}, TWO));
	const right = bench.headers();
	const say = (host: string, headers: object) =>
		bench.call('next', host, 't1', { headers: { ...right, ...headers } });
	expect(await say('h1', { [HEADER.hostSecret]: 'wrong' })).toEqual([401, 'refused_credentials']);
	expect(await say('h1', { [HEADER.hostSecret]: undefined })).toEqual([400, 'refused_credentials']);
	expect(await say('h1', { [HEADER.host]: undefined, [HEADER.hostSecret]: undefined })).toEqual([
		401,
		'refused_credentials',
	]);
	expect(await say('h2', {})).toEqual([401, 'refused_credentials']);
	expect(await say('h9', {})).toEqual([404, 'refused_credentials']);
	expect(bench.task().status).toBe('undispatched');
});
