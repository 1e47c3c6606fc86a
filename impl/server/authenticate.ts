import type { Route } from '../../model/vocabulary/message.ts';
import { TIMING } from '../../model/vocabulary/setup.ts';
import type { SameSecret } from '../ports/same-secret.ts';
import type { ArchivedRecord, HostRecord, TaskRecord } from '../store/store.ts';

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
	/** It was taken away for good. */
	readonly isGone: boolean;
	readonly now_ms: number;
	readonly sameSecret: SameSecret;
}

/** On whose behalf an authentic request is made: the live execution or an archived one. */
export type Authentication =
	| { readonly kind: 'live' }
	| { readonly kind: 'archived'; readonly execution: ArchivedRecord }
	| { readonly kind: 'refused'; readonly status: Refused; readonly error: string };

type Refused = 400 | 401 | 404 | 409;

const refused = (status: Refused, error: string): Authentication => ({
	kind: 'refused',
	status,
	error,
});

/** S8, in the order of lifecycle 6.2: the task's secret, its age, the host's secret, the relation of both. */
export function authenticate(presented: Presented, known: Known): Authentication {
	const { task, host, isGone, now_ms, sameSecret } = known;
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
	if (isGone) return refused(401, 'the host is gone');
	if (execution.host !== host.id) return refused(409, 'the host does not run this execution');
	return archived === null ? { kind: 'live' } : { kind: 'archived', execution: archived };
}

const isForgotten = (ended_at_ms: number | null, now_ms: number): boolean =>
	ended_at_ms !== null && now_ms - ended_at_ms > TIMING.ended_secret_s * 1000;
