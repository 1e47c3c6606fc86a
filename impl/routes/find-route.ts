import { decodeId, PREFIX } from '../wire/path.ts';
import { type Ids, isIdName, NO_IDS, type Route } from './route.ts';

/** A route, and the ids in the path that led to it. */
export interface Found {
	readonly route: Route;
	readonly ids: Ids;
}

/** The route of a method and a path or a whole URL; null when none has this address. */
export type RouteFinder = (method: string, url: string) => Found | null;

const BASE = `${PREFIX}/`;

/** What may follow a part of a path. */
interface Branch {
	readonly literal: Map<string, Branch>;
	id: { readonly name: keyof Ids; readonly branch: Branch } | null;
	readonly routes: Map<string, Route>;
}

const newBranch = (): Branch => ({ literal: new Map(), id: null, routes: new Map() });

/**
 * Finds routes without `new URL`, which would cost more than the rest of a simulated exchange.
 *
 * @throws Error when a table has two routes of one address.
 */
export function routeFinder(routes: readonly Route[]): RouteFinder {
	const root = newBranch();
	for (const route of routes) grow(root, route);
	return (method, url) => {
		const begin = url.indexOf(BASE);
		if (begin < 0) return null;
		const query = url.indexOf('?', begin);
		const path = url.slice(begin + BASE.length, query < 0 ? undefined : query);
		try {
			return follow(root, method, path.split('/'));
		} catch (error) {
			// An id that is not percent-encoded as it should be names nothing.
			if (error instanceof URIError) return null;
			throw error;
		}
	};
}

function grow(root: Branch, route: Route): void {
	let branch = root;
	for (const segment of route.path.slice(BASE.length).split('/')) {
		const name = segment.slice(1, -1);
		if (segment !== `{${name}}`) {
			const next = branch.literal.get(segment) ?? newBranch();
			branch.literal.set(segment, next);
			branch = next;
			continue;
		}
		if (!isIdName(name)) throw new Error(`no id is called "${name}"`);
		branch.id ??= { name, branch: newBranch() };
		if (branch.id.name !== name) throw new Error(`${route.path}: "${branch.id.name}" stands there`);
		branch = branch.id.branch;
	}
	const method = route.method.toUpperCase();
	if (branch.routes.has(method)) throw new Error(`two routes are ${method} ${route.path}`);
	branch.routes.set(method, route);
}

function follow(root: Branch, method: string, segments: readonly string[]): Found | null {
	const ids = { ...NO_IDS };
	let branch = root;
	for (const segment of segments) {
		const literal = branch.literal.get(segment);
		if (literal !== undefined) {
			branch = literal;
			continue;
		}
		if (branch.id === null || segment === '') return null;
		ids[branch.id.name] = decodeId(segment);
		branch = branch.id.branch;
	}
	const route = branch.routes.get(method);
	return route === undefined ? null : { route, ids };
}
