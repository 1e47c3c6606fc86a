import { describe, expect, test } from 'vitest';
import type { Access, Route } from '../routes/route.ts';
import { ROUTES } from '../routes/routes.ts';
import { HttpFixture } from '../testing/http-fixture.ts';
import { BODIES, pathOf } from '../testing/samples.ts';

type Headers = Record<string, string>;

const LINT = 'v1_ubuntu_lint';

/** The compile task runs on h1, the lint task on h2. */
async function busy(): Promise<HttpFixture> {
	const fixture = await HttpFixture.started();
	await fixture.agent('GET', 'hosts/h2/agent/next_task', undefined, fixture.identity('h2'));
	return fixture;
}

const call = (fixture: HttpFixture, route: Route, headers: Headers) =>
	fixture.ask(route.method.toUpperCase(), pathOf(route), {
		headers,
		...(route.method === 'get' ? {} : { body: BODIES[route.name] ?? '' }),
	});

const right = (fixture: HttpFixture, access: Access): Headers =>
	access === 'user' || access === 'admin' ? fixture.userHeaders(access) : fixture.identity();

const replaced = (headers: Headers, ...names: string[]): Headers => ({
	...headers,
	...Object.fromEntries(names.filter((name) => name in headers).map((name) => [name, 'wrong'])),
});

/** Each kind of credentials: how they come about, and how a route of each access answers to them. */
const CREDENTIALS: Record<
	string,
	[
		make: (fixture: HttpFixture, access: Access) => Headers | Promise<Headers>,
		Record<Access, number>,
	]
> = {
	'no credentials': [() => ({}), { host: 401, task: 401, user: 401, admin: 401 }],
	'wrong secrets': [
		(fixture, access) => replaced(right(fixture, access), 'Host-Secret', 'Task-Secret', 'Api-Key'),
		{ host: 401, task: 409, user: 401, admin: 401 },
	],
	'no secret of the host, or no user': [
		(fixture, access) => {
			const { 'Host-Secret': _, 'Api-User': __, ...rest } = right(fixture, access);
			return rest;
		},
		{ host: 400, task: 400, user: 401, admin: 401 },
	],
	'a wrong secret of the host, or a wrong user': [
		(fixture, access) => replaced(right(fixture, access), 'Host-Secret', 'Api-User'),
		{ host: 401, task: 401, user: 401, admin: 401 },
	],
	'expired secrets': [
		async (fixture, access) => {
			const old = right(fixture, access);
			if (access === 'task') {
				await fixture.end();
				fixture.clock.pass(2);
			} else {
				await fixture.admin('PUT', 'admin/hosts/h1');
				const admin = fixture.userHeaders('admin');
				for (const user of ['user', 'admin'])
					await fixture.ask('PUT', `/rest/v2/admin/users/${user}`, {
						headers: admin,
						body: { roles: [user] },
					});
			}
			return old;
		},
		{ host: 401, task: 401, user: 401, admin: 401 },
	],
	"another task's credentials": [
		(fixture) => fixture.identity('h2', LINT),
		{ host: 401, task: 409, user: 401, admin: 401 },
	],
	"another task's secret": [
		(fixture) => ({ ...fixture.identity(), 'Task-Secret': fixture.record(LINT).secret }),
		{ host: 0, task: 409, user: 401, admin: 401 },
	],
	"another host's credentials": [
		(fixture) => fixture.identity('h2', HttpFixture.task),
		{ host: 401, task: 409, user: 401, admin: 401 },
	],
	"a user's key": [
		(fixture) => fixture.userHeaders('user'),
		{ host: 401, task: 401, user: 0, admin: 403 },
	],
	'the key of an admin who is no user': [
		(fixture) => fixture.userHeaders('admin'),
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
			const fixture = await busy();
			const headers = await make(fixture, route.access);
			const before = await fixture.everything();
			expect((await call(fixture, route, headers)).status).toBe(expected[route.access]);
			expect(await fixture.everything()).toEqual(before);
		},
	);
});

test.each(ROUTES.map((route) => [route.name, route] as const))(
	'right credentials are accepted by %s',
	async (name, route) => {
		const fixture = await busy();
		const { status } = await call(fixture, route, right(fixture, route.access));
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
	const fixture = await busy();
	await fixture.agent('POST', `task/${HttpFixture.task}/restart`);
	const identity = fixture.identity();
	await fixture.end();
	const before = await fixture.everything();
	const answers: Record<string, number> = {};
	const routes = ROUTES.filter((route) => route.access === 'task');
	const answered = async () => {
		for (const route of routes) answers[route.name] = (await call(fixture, route, identity)).status;
		return answers;
	};
	fixture.clock.pass(1);
	const late = Object.fromEntries(routes.map(({ name }) => [name, 409]));
	expect(await answered()).toEqual({ ...late, viewTask: 200, end: 200, s3Usage: 200, mark: 400 });
	fixture.clock.pass(1);
	expect(new Set(Object.values(await answered()))).toEqual(new Set([401]));
	expect(await fixture.everything()).toEqual(before);
});

test('a host that is registered again is answered with its new secret only', async () => {
	const fixture = await HttpFixture.of();
	const old = fixture.identity();
	await fixture.admin('PUT', 'admin/hosts/h1');
	const setup = async (headers: Headers) =>
		(await fixture.agent('GET', 'agent/setup', undefined, headers)).status;
	expect([await setup(old), await setup(fixture.identity())]).toEqual([401, 200]);
});

test('a host that nobody knows is not found', async () => {
	const fixture = await HttpFixture.of();
	const headers = { ...fixture.identity(), 'Host-Id': 'nowhere' };
	expect((await fixture.agent('GET', 'agent/setup', undefined, headers)).status).toBe(404);
	expect(
		(await fixture.agent('GET', 'hosts/nowhere/agent/next_task', undefined, headers)).status,
	).toBe(404);
});
