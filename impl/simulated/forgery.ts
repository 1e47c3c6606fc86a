import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import type { Committed } from '../store/committed.ts';
import { toEndDetail } from '../wire/end-detail.ts';
import { HEADER, type IdentityHeaders, LightRequest } from '../wire/exchange.ts';
import { encodeId, endPath, taskPath } from '../wire/path.ts';

type Forgery = Extract<Event, { kind: 'request-forged' }>;

/** The key of the service user, where a design needs one. */
export const SERVICE_KEY = 'the-key-of-a-service-user';

const WRONG_SECRET = 'a-forged-secret';

/** Where a forger finds the secrets that he knows. */
export type Secrets = Omit<Committed, 'committedProject' | 'committedPolicy'>;

/** The request of a forger, who knows the secrets that the event grants him (S8). */
export function forge(event: Forgery, setup: Setup, store: Secrets): LightRequest {
	if (event.credentials === 'service-key') return forgeByKey(event, store);
	const headers: IdentityHeaders = {
		[HEADER.host]: encodeId(event.host),
		[HEADER.task]: encodeId(event.task),
		...secrets(event, setup, store),
	};
	const { route, task } = event;
	switch (route) {
		case 'start':
		case 'heartbeat':
			return new LightRequest('POST', taskPath(task, route), headers);
		case 'mark':
			return new LightRequest('POST', taskPath(task, 'restart'), headers);
		case 'end':
			return new LightRequest('POST', endPath(event.host, task), headers, END);
	}
}

const END = toEndDetail({ status: 'failed', type: 'test', description: '', timed_out: null }, null);

/** The holder of a service user's key marks the live execution of whatever task. */
function forgeByKey({ task }: Forgery, store: Secrets): LightRequest {
	const execution = store.committedTask(task)?.execution ?? 0;
	const headers = { [HEADER.serviceKey]: SERVICE_KEY };
	return new LightRequest('POST', taskPath(task, 'restart'), headers, { execution });
}

function secrets(event: Forgery, setup: Setup, store: Secrets): IdentityHeaders {
	const { credentials, task, host } = event;
	if (credentials === 'none' || credentials === 'service-key') return {};
	const known = {
		host: store.committedHost(host)?.secret,
		live: store.committedTask(task)?.secret,
		previous: store.committedHistory(task).at(-1)?.secret,
		other: store.committedTask(setup.tasks.find(({ id }) => id !== task)?.id ?? '')?.secret,
	};
	const show = (hostSecret = WRONG_SECRET, taskSecret = WRONG_SECRET): IdentityHeaders => ({
		[HEADER.hostSecret]: hostSecret,
		[HEADER.taskSecret]: taskSecret,
	});
	switch (credentials) {
		case 'wrong-task-secret':
			return show(known.host, WRONG_SECRET);
		case 'wrong-host-secret':
			return show(WRONG_SECRET, known.live);
		case 'other-task':
			return show(known.host, known.other);
		case 'previous-execution':
			return show(known.host, known.previous);
		case 'other-host':
		case 'right':
			return show(known.host, known.live);
	}
}
