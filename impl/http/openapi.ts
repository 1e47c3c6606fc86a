import { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { Refusal } from '../routes/agent-schemas.ts';
import type { Access, Route } from '../routes/route.ts';
import { ROUTES } from '../routes/routes.ts';
import { USER_HEADER } from '../server/users.ts';
import { HEADER } from '../wire/exchange.ts';
import { OPERATIONS } from './operations.ts';

type Registry = OpenAPIHono['openAPIRegistry'];
type RouteConfig = Parameters<Registry['registerPath']>[0];
type Responses = RouteConfig['responses'];

const SECRETS = {
	HostId: [HEADER.host, 'A host, percent-encoded'],
	HostSecret: [HEADER.hostSecret, 'The secret of that host'],
	TaskId: [HEADER.task, 'A task, percent-encoded'],
	TaskSecret: [HEADER.taskSecret, 'The secret of the execution'],
	ApiUser: [USER_HEADER.user, 'A user, percent-encoded'],
	ApiKey: [USER_HEADER.key, 'The key of that user'],
} as const;

const HOST = { HostId: [], HostSecret: [] };
const TASK = { ...HOST, TaskId: [], TaskSecret: [] };
const USER = { ApiUser: [], ApiKey: [] };
const SECURITY: Record<Access, RouteConfig['security']> = {
	host: [HOST],
	task: [TASK],
	user: [USER],
	admin: [USER],
};

const WORDS: Record<number, string> = {
	400: 'Not possible, or malformed; not to be sent again.',
	401: 'Nobody, or somebody unknown, or too late.',
	403: 'A user without the role.',
	404: 'There is no such thing.',
	409: 'Credentials of something else, or not in progress.',
	413: 'A body over one megabyte.',
	429: 'The project has used all its automatic restarts of the day.',
	500: 'The server failed. Whether anything was done is not known: send it again.',
	503: 'The store does not answer, or too much is under way. Whether anything was done is not known: send it again.',
};

const BY_ACCESS: Record<Access, readonly number[]> = {
	host: [400, 401],
	task: [400, 401, 409],
	user: [401, 403],
	admin: [401, 403],
};

/** The statuses with which a route refuses. */
export const refusalsOf = ({ access, refusals = [] }: Route): number[] =>
	[...new Set([...BY_ACCESS[access], ...refusals, 404, 413, 500, 503])].sort();

/** The OpenAPI 3.1 document of all routes; every run gives the same. */
export function openApiDocument() {
	const app = new OpenAPIHono();
	for (const [id, [name, description]] of Object.entries(SECRETS))
		app.openAPIRegistry.registerComponent('securitySchemes', id, {
			type: 'apiKey',
			in: 'header',
			name,
			description,
		});
	for (const route of ROUTES) app.openAPIRegistry.registerPath(toConfig(route));
	for (const operation of OPERATIONS) app.openAPIRegistry.registerPath(operation.documented);
	return app.getOpenAPI31Document({
		openapi: '3.1.0',
		info: {
			title: 'mulligan',
			version: '2',
			description:
				'The app server of mulligan: what agents, users and admins may ask of it. Beside what is ' +
				'listed, a request that arrives too slowly is answered 408 and one with too large headers ' +
				'431, both without a body; one beyond those that can be under way is answered 503.',
			license: { name: 'Apache-2.0' },
		},
	});
}

function toConfig(route: Route): RouteConfig {
	const { method, path, name, summary, access, body, success } = route;
	const ids = [...path.matchAll(/\{(\w+)\}/g)].map(([, id = '']) => [id, z.string()] as const);
	const responses: Responses = {
		[success.status]: {
			description: summary,
			content:
				success.body === 'bson'
					? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
					: { 'application/json': { schema: success.body } },
		},
	};
	for (const status of refusalsOf(route))
		responses[status] = {
			description: WORDS[status] ?? '',
			content: { 'application/json': { schema: Refusal } },
		};
	return {
		method,
		path,
		operationId: name,
		summary,
		tags: [access],
		security: SECURITY[access] ?? [],
		request: {
			params: z.object(Object.fromEntries(ids)),
			...(body === undefined
				? {}
				: { body: { required: true, content: { 'application/json': { schema: body } } } }),
		},
		responses,
	};
}
