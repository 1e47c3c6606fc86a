import { describe, expect, test } from 'vitest';
import type { Access, Route } from '../routes/route.ts';
import { ROUTES } from '../routes/routes.ts';
import { HttpBench } from '../testing/http-bench.ts';
import { BODIES, pathOf } from '../testing/samples.ts';

type Headers = Record<string, string>;

const LINT = 'v1_ubuntu_lint';

/** The compile task runs on h1, the lint task on h2. */
async function busy(): Promise<HttpBench> {
	const bench = await HttpBench.started();
	await bench.agent('GET', 'hosts/h2/agent/next_task', undefined, bench.identity('h2'));
	return bench;
}

const call = (bench: HttpBench, route: Route, headers: Headers) =>
	bench.ask(route.method.toUpperCase(), pathOf(route), {
		headers,
		...(route.method === 'get' ? {} : { body: BODIES[route.name] ?? '' }),
	});

const right = (bench: HttpBench, access: Access): Headers =>
	access === 'user' || access === 'admin' ? bench.userHeaders(access) : bench.identity();

const replaced = (headers: Headers, ...names: string[]): Headers => ({
	...headers,
	...Object.fromEntries(names.filter((name) => name in headers).map((name) => [name, 'wrong'])),
});

/** Each kind of credentials: how they come about, and how a route of each access answers to them. */
const CREDENTIALS: Record<
	string,
	[make: (bench: HttpBench, access: Access) => Headers | Promise<Headers>, Record<Access, number>]
> = {
	'no credentials': [() => ({}), { host: 401, task: 401, user: 401, admin: 401 }],
	'wrong secrets': [
		(bench, access) => replaced(right(bench, access), 'Host-Secret', 'Task-Secret', 'Api-Key'),
		{ host: 401, task: 409, user: 401, admin: 401 },
	],
	'no secret of the host, or no user': [
		(bench, access) => {
			const { 'Host-Secret': _, 'Api-User': __, ...rest } = right(bench, access);
			return rest;
		},
		{ host: 400, task: 400, user: 401, admin: 401 },
	],
	'a wrong secret of the host, or a wrong user': [
		(bench, access) => replaced(right(bench, access), 'Host-Secret', 'Api-User'),
		{ host: 401, task: 401, user: 401, admin: 401 },
	],
	'expired secrets': [
		async (bench, access) => {
			const old = right(bench, access);
			if (access === 'task') {
				await bench.end();
				bench.clock.pass(2);
			} else {
				await bench.admin('PUT', 'admin/hosts/h1');
				const admin = bench.userHeaders('admin');
				for (const user of ['user', 'admin'])
					await bench.ask('PUT', `/rest/v2/admin/users/${user}`, {
						headers: admin,
						body: { roles: [user] },
					});
			}
			return old;
		},
		{ host: 401, task: 401, user: 401, admin: 401 },
	],
	"another task's credentials": [
		(bench) => bench.identity('h2', LINT),
		{ host: 401, task: 409, user: 401, admin: 401 },
	],
	"another task's secret": [
		(bench) => ({ ...bench.identity(), 'Task-Secret': bench.record(LINT).secret }),
		{ host: 0, task: 409, user: 401, admin: 401 },
	],
	"another host's credentials": [
		(bench) => bench.identity('h2', HttpBench.task),
		{ host: 401, task: 409, user: 401, admin: 401 },
	],
	"a user's key": [
		(bench) => bench.userHeaders('user'),
		{ host: 401, task: 401, user: 0, admin: 403 },
	],
	'the key of an admin who is no user': [
		(bench) => bench.userHeaders('admin'),
		{ host: 401, task: 401, user: 403, admin: 0 },
	],
};

describe.each(Object.entries(CREDENTIALS))('%s', (name, [make, expected]) => {
	// Zero: for these routes the credentials are right. Whoever is a host may ask for its setup.
	const refused = ROUTES.filter(
		(route) =>
			expected[route.access] !== 0 && !(route.name === 'agentSetup' && name.startsWith('another')),
	);

	test.each(refused.map((route) => [route.name, route] as const))(
		'are refused by %s, and nothing changes',
		async (_, route) => {
			const bench = await busy();
			const headers = await make(bench, route.access);
			const before = await bench.everything();
			expect((await call(bench, route, headers)).status).toBe(expected[route.access]);
			expect(await bench.everything()).toEqual(before);
		},
	);
});

test.each(ROUTES.map((route) => [route.name, route] as const))(
	'right credentials are accepted by %s',
	async (name, route) => {
		const bench = await busy();
		const { status } = await call(bench, route, right(bench, route.access));
		// What is wrong then is not who asks: there is no patch, and the execution still runs.
		const otherwise: Record<string, number> = {
			patch: 404,
			restartTask: 400,
			scheduleVersion: 201,
		};
		expect(status).toBe(otherwise[name] ?? 200);
	},
);

test('the secret of an execution that has ended is good for one hour, for what must still be sent', async () => {
	const bench = await busy();
	await bench.agent('POST', `task/${HttpBench.task}/restart`);
	const identity = bench.identity();
	await bench.end();
	const before = await bench.everything();
	const answers: Record<string, number> = {};
	const routes = ROUTES.filter((route) => route.access === 'task');
	const answered = async () => {
		for (const route of routes) answers[route.name] = (await call(bench, route, identity)).status;
		return answers;
	};
	bench.clock.pass(1);
	const late = Object.fromEntries(routes.map(({ name }) => [name, 409]));
	expect(await answered()).toEqual({ ...late, viewTask: 200, end: 200, s3Usage: 200, mark: 400 });
	bench.clock.pass(1);
	expect(new Set(Object.values(await answered()))).toEqual(new Set([401]));
	expect(await bench.everything()).toEqual(before);
});

test('a host that is registered again is answered with its new secret only', async () => {
	const bench = await HttpBench.of();
	const old = bench.identity();
	await bench.admin('PUT', 'admin/hosts/h1');
	const setup = async (headers: Headers) =>
		(await bench.agent('GET', 'agent/setup', undefined, headers)).status;
	expect([await setup(old), await setup(bench.identity())]).toEqual([401, 200]);
});

test('a host that nobody knows is not found', async () => {
	const bench = await HttpBench.of();
	const headers = { ...bench.identity(), 'Host-Id': 'nowhere' };
	expect((await bench.agent('GET', 'agent/setup', undefined, headers)).status).toBe(404);
	expect(
		(await bench.agent('GET', 'hosts/nowhere/agent/next_task', undefined, headers)).status,
	).toBe(404);
});
