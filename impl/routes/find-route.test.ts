import { describe, expect, test } from 'vitest';
import { pathOf } from '../testing/samples.ts';
import { endPath, nextTaskPath, taskPath, userPath } from '../wire/path.ts';
import { routeFinder } from './find-route.ts';
import { type Ids, idNamesOf, NO_IDS } from './route.ts';
import { ROUTES } from './routes.ts';

const ID = 'a b/ü%?#';
const ODD: Ids = { host: ID, task: `${ID}t`, version: `${ID}v`, project: `${ID}p`, user: `${ID}u` };

const findRoute = routeFinder(ROUTES);

/** The name of a route, and the ids that its path names. */
function found(method: string, url: string): readonly unknown[] | null {
	const { route, ids } = findRoute(method, url) ?? {};
	if (route === undefined || ids === undefined) return null;
	return [route.name, ...idNamesOf(route.path).map((name) => ids[name])];
}

test.each(ROUTES)('$name is found at its own address, whatever the ids are', (route) => {
	const { method, path } = route;
	const named = idNamesOf(path).map((name) => [name, ODD[name]]);
	expect(findRoute(method.toUpperCase(), pathOf(route, ODD))).toEqual({
		route,
		ids: { ...NO_IDS, ...Object.fromEntries(named) },
	});
});

test('every path that an agent or a user makes leads to its route, whatever the ids are', () => {
	expect(found('GET', nextTaskPath(ID))).toEqual(['nextTask', ID]);
	expect(found('POST', taskPath(ID, 'start'))).toEqual(['start', ID]);
	expect(found('POST', taskPath(ID, 'heartbeat'))).toEqual(['heartbeat', ID]);
	expect(found('POST', taskPath(ID, 'restart'))).toEqual(['mark', ID]);
	expect(found('POST', endPath(ID, 't'))).toEqual(['end', ID, 't']);
	expect(found('POST', userPath(ID, 'abort'))).toEqual(['abortTask', ID]);
	expect(found('POST', userPath(ID, 'restart'))).toEqual(['restartTask', ID]);
});

test('a whole URL with a query is read like its path', () => {
	const url = 'https://app.invalid/rest/v2/task/t1/start?x=/y';
	expect(found('POST', url)).toEqual(['start', 't1']);
});

test.each([
	['GET', taskPath('t1', 'start')],
	['DELETE', taskPath('t1', 'start')],
	['POST', nextTaskPath('h1')],
	['POST', '/elsewhere'],
	['POST', '/rest/v2/task//start'],
	['POST', '/rest/v2/task/%/start'],
	['POST', '/rest/v2/task/t1/start/now'],
	['POST', '/rest/v2/hosts/h1/task/t1/end/now'],
])('%s %s is no route', (method, url) => {
	expect(found(method, url)).toBeNull();
});

describe('a table is refused', () => {
	const [first] = ROUTES;
	if (first === undefined) throw new Error('there are no routes');
	const at = (path: string) => ({ ...first, path: `/rest/v2/${path}` });

	test.each([
		['two routes of one address', ['a/{task}', 'a/{task}'], 'two routes are GET /rest/v2/a/{task}'],
		['two ids in one place', ['a/{task}', 'a/{host}/b'], '"task" stands there'],
		['an id that is none', ['a/{thing}'], 'no id is called "thing"'],
	])('with %s', (_, paths, message) => {
		expect(() => routeFinder(paths.map(at))).toThrow(message);
	});
});
