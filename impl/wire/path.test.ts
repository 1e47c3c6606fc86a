import { expect, test } from 'vitest';
import { endPath, nextTaskPath, parseAddress, taskPath, userPath } from './path.ts';

const ID = 'a b/ü%?#';

test('every path leads back to what it was made for, whatever the ids are', () => {
	expect(parseAddress('GET', nextTaskPath(ID))).toEqual({ kind: 'next', host: ID });
	expect(parseAddress('POST', taskPath(ID, 'start'))).toEqual({ kind: 'start', task: ID });
	expect(parseAddress('POST', taskPath(ID, 'heartbeat'))).toEqual({ kind: 'heartbeat', task: ID });
	expect(parseAddress('POST', taskPath(ID, 'restart'))).toEqual({ kind: 'mark', task: ID });
	expect(parseAddress('POST', endPath(ID, 't'))).toEqual({ kind: 'end', host: ID, task: 't' });
	expect(parseAddress('POST', userPath(ID, 'abort'))).toEqual({ kind: 'user-abort', task: ID });
	expect(parseAddress('POST', userPath(ID, 'restart'))).toEqual({ kind: 'user-restart', task: ID });
});

test('a whole URL with a query is read like its path', () => {
	expect(parseAddress('POST', 'https://app.invalid/rest/v2/task/t1/start?x=/y')).toEqual({
		kind: 'start',
		task: 't1',
	});
});

test.each([
	['GET', taskPath('t1', 'start')],
	['DELETE', taskPath('t1', 'start')],
	['POST', nextTaskPath('h1')],
	['POST', '/elsewhere'],
	['POST', '/rest/v2/task/t1/start/now'],
	['POST', '/rest/v2/hosts/h1/task/t1/end/now'],
])('%s %s is no route', (method, url) => {
	expect(parseAddress(method, url)).toBeNull();
});
