import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { Refusal } from '../routes/agent-schemas.ts';
import type { Store } from '../store/store.ts';
import type { Metrics } from './metrics.ts';

/** What those who operate the server may ask without credentials. */
export interface Operated {
	readonly store: Store;
	readonly metrics: Metrics;
	readonly document: () => object;
}

type RouteConfig = Parameters<OpenAPIHono['openAPIRegistry']['registerPath']>[0];

interface Operation {
	readonly documented: RouteConfig & { operationId: string };
	answer(operated: Operated): Promise<Response>;
}

const json = (schema: z.ZodType) => ({ 'application/json': { schema } });
const FAILED = {
	description: 'The store does not answer, or is too busy.',
	content: json(Refusal),
};
const TOO_LARGE = { description: 'A body over one megabyte.', content: json(Refusal) };

/** `/healthz`, `/metrics` and `/openapi.json`. */
export const OPERATIONS: readonly Operation[] = [
	{
		documented: {
			method: 'get',
			path: '/healthz',
			operationId: 'health',
			summary: 'Whether the server and its store answer',
			tags: ['operations'],
			responses: {
				200: { description: 'Both do.', content: json(z.strictObject({ store: z.literal('ok') })) },
				413: TOO_LARGE,
				503: FAILED,
			},
		},
		answer: async ({ store }) => {
			await store.transaction((tx) => tx.user(''));
			return Response.json({ store: 'ok' });
		},
	},
	{
		documented: {
			method: 'get',
			path: '/metrics',
			operationId: 'metrics',
			summary: 'What is counted and measured, for Prometheus',
			tags: ['operations'],
			responses: {
				200: {
					description: 'The text format.',
					content: { 'text/plain': { schema: { type: 'string' } } },
				},
				413: TOO_LARGE,
				503: FAILED,
			},
		},
		answer: async ({ metrics: { registry } }) =>
			new Response(await registry.metrics(), {
				headers: { 'Content-Type': registry.contentType },
			}),
	},
	{
		documented: {
			method: 'get',
			path: '/openapi.json',
			operationId: 'openapi',
			summary: 'This document',
			tags: ['operations'],
			responses: {
				200: {
					description: 'OpenAPI 3.1.',
					content: { 'application/json': { schema: { type: 'object' } } },
				},
				413: TOO_LARGE,
			},
		},
		answer: async ({ document }) => Response.json(document()),
	},
];
