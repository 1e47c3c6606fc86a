import type { z } from 'zod';
import type { Context } from '../server/context.ts';
import type { LightResponse, WireRequest } from '../wire/exchange.ts';

/** Who may call a route: an agent proves itself to the handler, a user before the handler is asked. */
export type Access = 'host' | 'task' | 'user' | 'admin';

export const ID_NAMES = ['host', 'task', 'version', 'project', 'user'] as const;

/** The ids in a path, decoded; empty where the path has none. */
export type Ids = Readonly<Record<(typeof ID_NAMES)[number], string>>;

/** A route as it is served and documented. */
export interface Route {
	readonly method: 'get' | 'post' | 'put';
	/** As in OpenAPI: `/rest/v2/task/{task}/start`. */
	readonly path: string;
	/** The name in the document, in metrics and in logs. */
	readonly name: string;
	readonly summary: string;
	readonly access: Access;
	/** The body of the request, where the handler reads one. */
	readonly body?: z.ZodType;
	readonly success: {
		readonly status: 200 | 201;
		readonly body: z.ZodType | 'bson';
	};
	/** Refusals of its own; those of its access go without saying. */
	readonly refusals?: readonly (400 | 404 | 409 | 429)[];
	handle(context: Context, request: WireRequest, ids: Ids): Promise<LightResponse>;
}

export const PREFIX = '/rest/v2';
