import type { Route } from '../../model/vocabulary/message.ts';
import { TIMING } from '../../model/vocabulary/setup.ts';
import type { ArchivedRecord, HostRecord, TaskRecord, Transaction } from '../store/store.ts';
import { HEADER, type LightResponse, type WireRequest } from '../wire/exchange.ts';
import { decodeId } from '../wire/path.ts';
import type { Context } from './context.ts';
import { refuse } from './reply.ts';

/** What a request for a task shows to prove that it may be made; empty where it shows nothing. */
export interface Presented {
	readonly route: Route;
	readonly host: string;
	readonly hostSecret: string;
	readonly task: string;
	readonly taskSecret: string;
}

/** What is known of whom it claims to be. */
export interface Known {
	readonly task: TaskRecord;
	readonly history: readonly ArchivedRecord[];
	readonly host: HostRecord | undefined;
	readonly now_ms: number;
}

/** On whose behalf an authentic request is made: the live execution or an archived one. */
export type Authentication =
	| { readonly kind: 'live' }
	| { readonly kind: 'archived' }
	| { readonly kind: 'refused'; readonly status: 401 | 409; readonly error: string };

export interface Access {
	readonly task: TaskRecord;
	readonly archived: boolean;
}

const refused = (status: 401 | 409, error: string): Authentication => ({
	kind: 'refused',
	status,
	error,
});

/** S8, in the order of lifecycle 6.2: the task's secret, its age, the host's secret, the relation of both. */
export function authenticate(presented: Presented, known: Known): Authentication {
	const { task, host, now_ms } = known;
	if (presented.taskSecret === '') return refused(401, 'no task secret');
	const live = presented.taskSecret === task.secret;
	const execution = live
		? task
		: known.history.find((archived) => archived.secret === presented.taskSecret);
	if (execution === undefined || presented.task !== task.id)
		return refused(409, 'wrong task secret');
	if (isForgotten(execution.ended_at_ms, now_ms))
		return refused(401, 'the execution ended too long ago');
	if (host === undefined || presented.hostSecret !== host.secret)
		return refused(401, 'wrong host secret');
	if (execution.host !== host.id) return refused(409, 'the host does not run this execution');
	return live ? { kind: 'live' } : { kind: 'archived' };
}

const isForgotten = (ended_at_ms: number | null, now_ms: number): boolean =>
	ended_at_ms !== null && now_ms - ended_at_ms > TIMING.ended_secret_s * 1000;

/** A request for a task, checked: the task as it is now, or the reply that refuses the request. */
export async function accessTask(
	context: Context,
	tx: Transaction,
	request: WireRequest,
	route: Route,
	taskId: string,
): Promise<Access | LightResponse> {
	const task = await tx.task(taskId);
	if (task === undefined) return refuse(404, 'refused_credentials', 'no such task');
	const presented: Presented = {
		route,
		host: header(request, HEADER.host),
		hostSecret: request.headers.get(HEADER.hostSecret) ?? '',
		task: header(request, HEADER.task),
		taskSecret: request.headers.get(HEADER.taskSecret) ?? '',
	};
	const authentication = context.rules.authenticate(presented, {
		task,
		history: await tx.history(taskId),
		host: await tx.host(presented.host),
		now_ms: context.clock.now_ms(),
	});
	if (authentication.kind === 'refused')
		return refuse(authentication.status, 'refused_credentials', authentication.error);
	return { task, archived: authentication.kind === 'archived' };
}

/** A request for a host alone, checked. */
export async function accessHost(
	tx: Transaction,
	request: WireRequest,
	hostId: string,
): Promise<HostRecord | LightResponse> {
	const host = await tx.host(hostId);
	if (host === undefined) return refuse(404, 'refused_credentials', 'no such host');
	const secret = request.headers.get(HEADER.hostSecret);
	return header(request, HEADER.host) === hostId && secret === host.secret
		? host
		: refuse(401, 'refused_credentials', 'wrong host secret');
}

function header(request: WireRequest, name: (typeof HEADER)['host' | 'task']): string {
	try {
		return decodeId(request.headers.get(name) ?? '');
	} catch {
		// Not percent-encoded as it should be: it names nobody.
		return '';
	}
}
