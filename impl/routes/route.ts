import type { z } from 'zod';
import type { Route as Call } from '../../model/vocabulary/message.ts';
import type { Context } from '../server/context.ts';
import type { Role } from '../store/store.ts';
import type { LightResponse, WireRequest } from '../wire/exchange.ts';

/** Who may call a route: an agent proves itself to the handler, a user before the handler is asked. */
export type Access = 'host' | 'task' | Role;

type IdName = 'host' | 'task' | 'version' | 'project' | 'user';

/** The ids in a path, decoded; empty where the path has none. */
export type Ids = Readonly<Record<IdName, string>>;

export const NO_IDS: Ids = { host: '', task: '', version: '', project: '', user: '' };

/** Whether a path may name an id so. */
export const isIdName = (name: string): name is IdName => Object.hasOwn(NO_IDS, name);

/** The ids that a route's path names, in order. */
export const idNamesOf = (path: string): IdName[] =>
	[...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name = '']) => (isIdName(name) ? [name] : []));

/** A route as it is served, by a simulation and over a socket, and documented. */
export interface Route {
	readonly method: 'get' | 'post' | 'put' | 'delete';
	/** As in OpenAPI: `/rest/v2/task/{task}/start`. */
	readonly path: string;
	/** The name in the document, in metrics and in logs. */
	readonly name: string;
	readonly summary: string;
	/** The call of a story that it is. */
	readonly call?: Call;
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
