import type { ArchivedRecord, HostRecord, TaskRecord, Transaction } from '../store/store.ts';
import { together } from '../store/together.ts';
import { HEADER, type LightResponse, type WireRequest } from '../wire/exchange.ts';
import { decodeId } from '../wire/path.ts';
import type { Presented } from './authenticate.ts';
import type { Context } from './context.ts';
import { refuse } from './reply.ts';

export interface Access {
	readonly task: TaskRecord;
	/** The execution on whose behalf the request is made, if it is no longer the live one. */
	readonly archived: ArchivedRecord | null;
}

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
		isGone: host !== undefined && context.rules.isGone(host, route),
		now_ms: context.clock.now_ms(),
		sameSecret,
	});
	if (authentication.kind === 'refused')
		return refuse(authentication.status, 'refused_credentials', authentication.error);
	return { task, archived: authentication.kind === 'archived' ? authentication.execution : null };
}

/** A request for a host alone, checked. */
export async function accessHost(
	{ rules, sameSecret }: Context,
	tx: Transaction,
	request: WireRequest,
	hostId: string,
): Promise<HostRecord | LightResponse> {
	const secret = request.headers.get(HEADER.hostSecret) ?? '';
	if (secret === '' && header(request, HEADER.host) !== '')
		return refuse(400, 'refused_credentials', 'no host secret');
	const host = await tx.host(hostId);
	if (host === undefined) return refuse(404, 'refused_credentials', 'no such host');
	if (header(request, HEADER.host) !== hostId || !sameSecret(secret, host.secret))
		return refuse(401, 'refused_credentials', 'wrong host secret');
	return rules.isGone(host, 'next') ? refuse(401, 'refused_credentials', 'the host is gone') : host;
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
