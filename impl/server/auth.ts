import type { Route } from '../../model/vocabulary/message.ts';
import { TIMING } from '../../model/vocabulary/setup.ts';
import type { SameSecret } from '../ports/same-secret.ts';
import type { ArchivedRecord, HostRecord, TaskRecord, Transaction } from '../store/store.ts';
import { together } from '../store/together.ts';
import { HEADER, type LightResponse, type WireRequest } from '../wire/exchange.ts';
import { decodeId } from '../wire/path.ts';
import type { Context } from './context.ts';
import { refuse } from './reply.ts';

/** What a request for a task shows to prove that it may be made; empty where it shows nothing. */
export interface Presented {
	/** `read`: what a task needs to know before it starts, or reports when it has ended. */
	readonly route: Route | 'read';
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
	readonly sameSecret: SameSecret;
}

/** On whose behalf an authentic request is made: the live execution or an archived one. */
export type Authentication =
	| { readonly kind: 'live' }
	| { readonly kind: 'archived'; readonly execution: ArchivedRecord }
	| { readonly kind: 'refused'; readonly status: Refused; readonly error: string };

type Refused = 400 | 401 | 404 | 409;

export interface Access {
	readonly task: TaskRecord;
	/** The execution on whose behalf the request is made, if it is no longer the live one. */
	readonly archived: ArchivedRecord | null;
}

const refused = (status: Refused, error: string): Authentication => ({
	kind: 'refused',
	status,
	error,
});

/** S8, in the order of lifecycle 6.2: the task's secret, its age, the host's secret, the relation of both. */
export function authenticate(presented: Presented, known: Known): Authentication {
	const { task, host, now_ms, sameSecret } = known;
	if (presented.taskSecret === '') return refused(401, 'no task secret');
	const archived = sameSecret(presented.taskSecret, task.secret)
		? null
		: known.history.find(({ secret }) => sameSecret(presented.taskSecret, secret));
	if (archived === undefined || presented.task !== task.id)
		return refused(409, 'wrong task secret');
	const execution = archived ?? task;
	if (isForgotten(execution.ended_at_ms, now_ms))
		return refused(401, 'the execution ended too long ago');
	if (presented.host === '') return refused(401, 'no host');
	if (presented.hostSecret === '') return refused(400, 'no host secret');
	if (host === undefined) return refused(404, 'no such host');
	if (!sameSecret(presented.hostSecret, host.secret)) return refused(401, 'wrong host secret');
	if (execution.host !== host.id) return refused(409, 'the host does not run this execution');
	return archived === null ? { kind: 'live' } : { kind: 'archived', execution: archived };
}

const isForgotten = (ended_at_ms: number | null, now_ms: number): boolean =>
	ended_at_ms !== null && now_ms - ended_at_ms > TIMING.ended_secret_s * 1000;

/** Not read where the live execution's secret is shown. */
const NO_HISTORY: readonly ArchivedRecord[] = [];

/** A request for a task, checked: the task as it is now, or the reply that refuses the request. */
export async function accessTask(
	context: Context,
	tx: Transaction,
	request: WireRequest,
	route: Presented['route'],
	taskId: string,
): Promise<Access | LightResponse> {
	const presenting = header(request, HEADER.host);
	const [host, task] = await together(tx.host(presenting), tx.task(taskId));
	if (task === undefined) return refuse(404, 'refused_credentials', 'no such task');
	const presented: Presented = {
		route,
		host: presenting,
		hostSecret: request.headers.get(HEADER.hostSecret) ?? '',
		task: header(request, HEADER.task),
		taskSecret: request.headers.get(HEADER.taskSecret) ?? '',
	};
	const { sameSecret } = context;
	const isLive = sameSecret(presented.taskSecret, task.secret);
	const authentication = context.rules.authenticate(presented, {
		task,
		history: isLive ? NO_HISTORY : await tx.history(taskId),
		host,
		now_ms: context.clock.now_ms(),
		sameSecret,
	});
	if (authentication.kind === 'refused')
		return refuse(authentication.status, 'refused_credentials', authentication.error);
	return { task, archived: authentication.kind === 'archived' ? authentication.execution : null };
}

/** A request for a host alone, checked. */
export async function accessHost(
	{ sameSecret }: Context,
	tx: Transaction,
	request: WireRequest,
	hostId: string,
): Promise<HostRecord | LightResponse> {
	const secret = request.headers.get(HEADER.hostSecret) ?? '';
	if (secret === '' && header(request, HEADER.host) !== '')
		return refuse(400, 'refused_credentials', 'no host secret');
	const host = await tx.host(hostId);
	if (host === undefined) return refuse(404, 'refused_credentials', 'no such host');
	return header(request, HEADER.host) === hostId && sameSecret(secret, host.secret)
		? host
		: refuse(401, 'refused_credentials', 'wrong host secret');
}

/** The id that a header names; empty where it names none. */
export function header(request: WireRequest, name: string): string {
	try {
		const id = decodeId(request.headers.get(name) ?? '');
		// No store can hold an id with this character.
		return id.includes('\0') ? '' : id;
	} catch {
		// Not percent-encoded as it should be: it names nobody.
		return '';
	}
}
