import { serialize } from 'bson';
import { expect, test } from 'vitest';
import type { Project } from '../../model/vocabulary/project.ts';
import { SetupFailed } from '../ports/configuration.ts';
import { toParserProject } from '../server/parser-project.ts';
import { type Answering, serveTest } from '../testing/http.ts';
import { until } from '../testing/until.ts';
import { HttpConfigurations } from './configurations.ts';
import { RealTimers } from './timers.ts';

const PROJECT: Project = {
	id: 'p1',
	tasks: [
		{ name: 'compile', commands: [{ command: 'shell.exec', params_yaml: 'script: make\n' }] },
	],
};
const WORK = { execution: { task: 't1', execution: 2 }, secret: 'task-secret' };
const VIEW = { display_name: 'compile', build_variant: 'linux', r: 'github_merge_request' };

const ANSWERS: Record<string, () => Response> = {
	parser_project: () => bson(toParserProject(PROJECT, 'v1', [])),
	'': () => Response.json(VIEW),
	expansions_and_vars: () => Response.json({ expansions: {} }),
	display_task: () => Response.json({}),
	distro_view: () => Response.json({}),
	host_view: () => Response.json({ hostname: 'h1' }),
	project_ref: () => Response.json({ id: 'p1', identifier: 'p1' }),
	patch: () => Response.json({}),
	version: () => Response.json({}),
	'/rest/v2/agent/setup': () => Response.json({ background_command_failure_enabled: false }),
};

const bson = (document: object): Response => new Response(new Uint8Array(serialize(document)));

/** The app server, with some answers replaced; `first` answers before them. */
async function start(answers: typeof ANSWERS = {}, first: Answering = () => Response.error()) {
	const server = await serveTest((request, index) => {
		const early = first(request, index);
		if (early instanceof Response && early.type === 'error') {
			const what = new URL(request.url).pathname.replace('/rest/v2/task/t1/', '');
			return { ...ANSWERS, ...answers }[what]?.() ?? new Response('', { status: 404 });
		}
		return early;
	});
	const troubles: string[] = [];
	const configurations = new HttpConfigurations({
		apiServer: server.url,
		host: { id: 'h1', secret: 'host-secret' },
		timers: new RealTimers(0.001),
		callAttempts: 3,
		tell: (trouble) => void troubles.push(trouble),
	});
	return { server, configurations, troubles };
}

test('a configuration is put together from the answers to calls 3 to 10, in their order', async () => {
	const { configurations, server } = await start();
	expect(await configurations.of(WORK)).toMatchObject({
		project: PROJECT,
		task: 'compile',
		variant: 'linux',
		requester: 'github_merge_request',
	});
	expect(server.asked).toEqual([
		'GET /rest/v2/task/t1/parser_project',
		'GET /rest/v2/task/t1/',
		'GET /rest/v2/task/t1/expansions_and_vars',
		'GET /rest/v2/task/t1/display_task',
		'GET /rest/v2/task/t1/distro_view',
		'GET /rest/v2/task/t1/host_view',
		'GET /rest/v2/task/t1/project_ref',
		'GET /rest/v2/task/t1/patch',
	]);
});

test('parameters count more than variables, and those more than expansions; private ones are secret', async () => {
	const { configurations } = await start({
		expansions_and_vars: () =>
			Response.json({
				expansions: { a: 'e', b: 'e', c: 'e' },
				vars: { b: 'v', c: 'v', password: 'hunter2' },
				parameters: { c: 'p' },
				private_vars: { password: true, b: false },
				redact_keys: ['a', 'unknown', 'constructor'],
				internal_redactions: { token: 'abc' },
				surprise: [1, 2, 3],
			}),
	});
	expect(await configurations.of(WORK)).toMatchObject({
		expansions: { a: 'e', b: 'v', c: 'p', password: 'hunter2' },
		secrets: [
			{ name: 'a', value: 'e' },
			{ name: 'password', value: 'hunter2' },
			{ name: 'token', value: 'abc' },
		],
	});
});

test('a requester that is not known counts as an ordinary one', async () => {
	const { configurations } = await start({
		'': () => Response.json({ ...VIEW, r: 'git_tag_request' }),
	});
	expect(await configurations.of(WORK)).toMatchObject({ requester: 'gitter_request' });
});

test('a request is made again after a 5xx', async () => {
	const { configurations, server } = await start({}, (_request, index) =>
		index < 2 ? new Response('', { status: 503 }) : Response.error(),
	);
	expect(await configurations.of(WORK)).toMatchObject({ task: 'compile' });
	expect(server.asked).toHaveLength(10);
});

test('a request that is never answered is made as often as is allowed', async () => {
	const { configurations, server } = await start({}, () => new Response('', { status: 500 }));
	await expect(configurations.of(WORK)).rejects.toThrow(SetupFailed);
	expect(server.asked).toHaveLength(3);
});

test.each([401, 404, 409])('a %i is final', async (status) => {
	const { configurations, server } = await start({}, () => new Response('', { status }));
	await expect(configurations.of(WORK)).rejects.toThrow(SetupFailed);
	expect(server.asked).toHaveLength(1);
});

test.each<[string, typeof ANSWERS]>([
	['no BSON', { parser_project: () => new Response('{}') }],
	['BSON of something else', { parser_project: () => bson({ tasks: 'none' }) }],
	['no JSON', { '': () => new Response('<html>') }],
	['JSON of something else', { '': () => Response.json({ id: 't1' }) }],
	['no name of a host', { host_view: () => Response.json({}) }],
	['no id of a project', { project_ref: () => Response.json([]) }],
	['no mapping', { display_task: () => Response.json(null) }],
	['malformed expansions', { expansions_and_vars: () => Response.json({ expansions: [1] }) }],
])('an answer that is %s makes the setup fail', async (_what, answers) => {
	const { configurations } = await start(answers);
	await expect(configurations.of(WORK)).rejects.toThrow(SetupFailed);
});

test('giving up ends the request under way, and makes no other', async () => {
	const { configurations, server } = await start({}, () => new Promise<Response>(() => {}));
	const configuration = configurations.of(WORK);
	await until('it is asked', () => server.asked.length === 1);
	configurations.giveUp();
	await expect(configuration).rejects.toThrow(SetupFailed);
	expect(server.asked).toHaveLength(1);
});

const asked = (server: { asked: readonly string[] }): (string | undefined)[] =>
	server.asked.map((request) => request.split('/').at(-1));

test.each([
	['gitter_request', 'version'],
	['patch_request', 'version'],
	['trigger_request', 'version'],
	['github_pull_request', 'patch'],
	['github_merge_request', 'patch'],
])('for a %s the %s is asked for', async (r, what) => {
	const { configurations, server } = await start({ '': () => Response.json({ ...VIEW, r }) });
	await configurations.of(WORK);
	expect(asked(server).at(-1)).toBe(what);
	expect(asked(server)).toHaveLength(8);
});

const missing = (): Response => new Response('', { status: 404 });

test.each(['display_task', 'distro_view', 'host_view', 'project_ref', 'patch'])(
	'without an answer to %s the setup fails, at once, and it is told why',
	async (what) => {
		const { configurations, server, troubles } = await start({ [what]: missing });
		await expect(configurations.of(WORK)).rejects.toThrow(SetupFailed);
		expect(asked(server).at(-1)).toBe(what);
		expect(asked(server).filter((one) => one === what)).toHaveLength(1);
		expect(troubles).toEqual([`the task cannot be set up: ${what}: status 404`]);
	},
);

test('without an answer to version the task runs all the same', async () => {
	const ordinary = { ...VIEW, r: 'gitter_request' };
	const answers = { '': () => Response.json(ordinary), version: missing };
	const { configurations, troubles } = await start(answers);
	expect(await configurations.of(WORK)).toMatchObject({ task: 'compile' });
	expect(troubles).toEqual(['version: status 404']);
});

test('an agent learns what holds on its host', async () => {
	const { configurations, server } = await start();
	expect(await configurations.ofAgent()).toEqual({ noticesBackgroundFailures: false });
	expect(server.asked).toEqual(['GET /rest/v2/agent/setup']);
});

test.each<[string, () => Response, number, string[]]>([
	['says nothing of it', () => Response.json({}), 1, []],
	['is malformed', () => new Response('x'), 1, ['agent/setup: malformed']],
	['refuses', missing, 1, ['agent/setup: status 404']],
	['fails', () => new Response('', { status: 500 }), 3, ['agent/setup: status 500']],
])('an agent does without a setup that %s', async (_what, answer, times, told) => {
	const { configurations, server, troubles } = await start({ '/rest/v2/agent/setup': answer });
	expect(await configurations.ofAgent()).toEqual({ noticesBackgroundFailures: true });
	expect(server.asked).toHaveLength(times);
	expect(troubles).toEqual(told);
});
