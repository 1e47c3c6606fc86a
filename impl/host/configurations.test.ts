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
};

const bson = (document: object): Response => new Response(new Uint8Array(serialize(document)));

/** The app server, with some answers replaced; `first` answers before them. */
async function stage(answers: typeof ANSWERS = {}, first: Answering = () => Response.error()) {
	const server = await serveTest((request, index) => {
		const early = first(request, index);
		if (early instanceof Response && early.type === 'error') {
			const what = new URL(request.url).pathname.replace('/rest/v2/task/t1/', '');
			return { ...ANSWERS, ...answers }[what]?.() ?? new Response('', { status: 404 });
		}
		return early;
	});
	const configurations = new HttpConfigurations({
		apiServer: server.url,
		host: { id: 'h1', secret: 'host-secret' },
		timers: new RealTimers(0.001),
		callAttempts: 3,
	});
	return { server, configurations };
}

test('a configuration is put together from the answers to three requests', async () => {
	const { configurations, server } = await stage();
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
	]);
});

test('parameters count more than variables, and those more than expansions; private ones are secret', async () => {
	const { configurations } = await stage({
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
	const { configurations } = await stage({
		'': () => Response.json({ ...VIEW, r: 'git_tag_request' }),
	});
	expect(await configurations.of(WORK)).toMatchObject({ requester: 'gitter_request' });
});

test('a request is made again after a 5xx', async () => {
	const { configurations, server } = await stage({}, (_request, index) =>
		index < 2 ? new Response('', { status: 503 }) : Response.error(),
	);
	expect(await configurations.of(WORK)).toMatchObject({ task: 'compile' });
	expect(server.asked).toHaveLength(5);
});

test('a request that is never answered is made as often as is allowed', async () => {
	const { configurations, server } = await stage({}, () => new Response('', { status: 500 }));
	await expect(configurations.of(WORK)).rejects.toThrow(SetupFailed);
	expect(server.asked).toHaveLength(3);
});

test.each([401, 404, 409])('a %i is final', async (status) => {
	const { configurations, server } = await stage({}, () => new Response('', { status }));
	await expect(configurations.of(WORK)).rejects.toThrow(SetupFailed);
	expect(server.asked).toHaveLength(1);
});

test.each<[string, typeof ANSWERS]>([
	['no BSON', { parser_project: () => new Response('{}') }],
	['BSON of something else', { parser_project: () => bson({ tasks: 'none' }) }],
	['no JSON', { '': () => new Response('<html>') }],
	['JSON of something else', { '': () => Response.json({ id: 't1' }) }],
	['malformed expansions', { expansions_and_vars: () => Response.json({ expansions: [1] }) }],
])('an answer that is %s makes the setup fail', async (_what, answers) => {
	const { configurations } = await stage(answers);
	await expect(configurations.of(WORK)).rejects.toThrow(SetupFailed);
});

test('giving up ends the request under way, and makes no other', async () => {
	const { configurations, server } = await stage({}, () => new Promise<Response>(() => {}));
	const configuration = configurations.of(WORK);
	await until('it is asked', () => server.asked.length === 1);
	configurations.giveUp();
	await expect(configuration).rejects.toThrow(SetupFailed);
	expect(server.asked).toHaveLength(1);
});
