/** Every route lies below this path (lifecycle 6). */
const PREFIX = '/rest/v2/';
const PLAIN = /^[\w-]+$/;

/** An id as one segment of a path, or as a header. */
export const encodeId = (id: string): string => (PLAIN.test(id) ? id : encodeURIComponent(id));

/** @throws URIError when the text is not percent-encoded as it should be. */
export const decodeId = (text: string): string =>
	text.includes('%') ? decodeURIComponent(text) : text;

export const nextTaskPath = (host: string): string =>
	`${PREFIX}hosts/${encodeId(host)}/agent/next_task`;
export const taskPath = (task: string, action: 'start' | 'heartbeat' | 'restart'): string =>
	`${PREFIX}task/${encodeId(task)}/${action}`;
export const endPath = (host: string, task: string): string =>
	`${PREFIX}hosts/${encodeId(host)}/task/${encodeId(task)}/end`;
export const userPath = (task: string, action: 'abort' | 'restart'): string =>
	`${PREFIX}tasks/${encodeId(task)}/${action}`;

/** What a request's method and URL ask for; null when no route has this address. */
export type Address =
	| { readonly kind: 'next'; readonly host: string }
	| { readonly kind: 'start' | 'heartbeat' | 'mark'; readonly task: string }
	| { readonly kind: 'end'; readonly host: string; readonly task: string }
	| { readonly kind: 'user-abort' | 'user-restart'; readonly task: string };

/**
 * Reads a path or a whole URL. `new URL` would cost more than the rest of a simulated exchange.
 *
 * @throws URIError when an id is not percent-encoded as it should be.
 */
export function parseAddress(method: string, url: string): Address | null {
	const begin = url.indexOf(PREFIX);
	if (begin < 0) return null;
	const query = url.indexOf('?', begin);
	const path = url.slice(begin + PREFIX.length, query < 0 ? undefined : query);
	const segments = path.split('/');
	if (segments.length > 5) return null;
	const [first = '', second = '', third = '', fourth = '', fifth = ''] = segments;
	if (method === 'GET')
		return first === 'hosts' && third === 'agent' && fourth === 'next_task' && fifth === ''
			? { kind: 'next', host: decodeId(second) }
			: null;
	if (method !== 'POST') return null;
	if (first === 'hosts')
		return third === 'task' && fifth === 'end'
			? { kind: 'end', host: decodeId(second), task: decodeId(fourth) }
			: null;
	if (fourth !== '') return null;
	const kind = `${first}/${third}`;
	const task = decodeId(second);
	switch (kind) {
		case 'task/start':
			return { kind: 'start', task };
		case 'task/heartbeat':
			return { kind: 'heartbeat', task };
		case 'task/restart':
			return { kind: 'mark', task };
		case 'tasks/abort':
			return { kind: 'user-abort', task };
		case 'tasks/restart':
			return { kind: 'user-restart', task };
		default:
			return null;
	}
}
