import type { Details } from '../vocabulary/message.ts';
import { TIMING } from '../vocabulary/setup.ts';
import type { LedgerEntry, MarkState, StartedBy, TaskSignal, Tell } from './signals.ts';

/** What is fixed for a task before it runs. */
export interface TaskInput {
	/** The task's own place in the setup. */
	task: number;
	/** *max* automatic restarts. */
	max: number;
	/** *cap*. */
	cap: number;
	mergeQueue: boolean;
}

/** What the server keeps of a task. */
export interface TaskContext extends TaskInput {
	execution: number;
	startedBy: StartedBy;
	/** Automatic restarts used, a pending one included. */
	used: number;
	host: number | null;
	aborted: boolean;
	mark: MarkState;
	/** A granted mark stands: restart when finished. */
	pending: boolean;
	details: Details | null;
	/** No heartbeat for *G* or longer. */
	silent: boolean;
	/** Executions that ended so lately that their secrets are still answered. */
	ended: { execution: number; hours: number }[];
}

/** How long the secret of an ended execution is still answered. */
const SECRET_HOURS = TIMING.ended_secret_s / 3600;

export interface Given {
	context: TaskContext;
	event: TaskSignal;
}

export const giveBack = ({ context }: Given): Tell => ({
	to: 'quota',
	signal: { type: 'GIVE_BACK', task: context.task },
});

export const self =
	(signal: TaskSignal) =>
	(given: Given): Tell => ({
		to: 'task',
		task: given.context.task,
		signal,
	});

export const freeHost = ({ context }: Given): Tell => ({
	to: 'server',
	signal: { type: 'FREE', host: context.host ?? 0 },
});

export const waiting = ({ context }: Given): Tell => ({
	to: 'server',
	signal: { type: 'WAITING', task: context.task },
});

export const take = ({ context }: Given): Tell => ({
	to: 'quota',
	signal: { type: 'TAKE', task: context.task },
});

/** The answer to a host that asks: this task. */
export const given = ({ context }: Given) =>
	({ outcome: 'task', status: 200, execution: context.execution }) as const;

export const ABORTED: Details = {
	status: 'failed',
	type: null,
	description: 'aborted',
	timed_out: null,
};
export const UNHEARD: Details = {
	status: 'failed',
	type: 'system',
	description: 'heartbeat',
	timed_out: null,
};

export const archive = ({ context }: Given): { entry: LedgerEntry } => ({
	entry: {
		what: 'archived',
		execution: context.execution,
		startedBy: context.startedBy,
		host: context.host,
		mark: context.mark,
		aborted: context.aborted,
		details: context.details ?? UNHEARD,
	},
});

/** A new execution keeps nothing of the one before but budget and recent secrets (S12). */
export const renew = (context: TaskContext, startedBy: StartedBy): Partial<TaskContext> => ({
	execution: context.execution + 1,
	startedBy,
	host: null,
	aborted: false,
	mark: 'none',
	pending: false,
	details: null,
});

/** The secrets that are still answered after so many hours more. */
export const aged = (ended: TaskContext['ended'], hours: number): TaskContext['ended'] =>
	ended
		.map((past) => ({ execution: past.execution, hours: past.hours + hours }))
		.filter((past) => past.hours <= SECRET_HOURS);
