import type { Remarks } from '../vocabulary/command.ts';
import type { Details } from '../vocabulary/message.ts';
import { minutesOf } from '../vocabulary/setup.ts';
import type {
	LedgerEntry,
	MarkState,
	SignalTo,
	StartedBy,
	TaskSignal,
	UnitSignal,
} from './signals.ts';

/** What is fixed for a task before it runs. */
export interface TaskInput {
	/** The task's own place in the setup. */
	task: number;
	/** What it restarts with. */
	unit: number;
	mergeQueue: boolean;
	/** Whether its first execution is repaired, if it ends for want of a heartbeat, and is not of the merge queue. */
	repaired: boolean;
}

/** What the server keeps of a task. */
export interface TaskContext extends TaskInput {
	execution: number;
	startedBy: StartedBy;
	host: number | null;
	aborted: boolean;
	mark: MarkState;
	details: Details | null;
	/** What its processes said about its end; nothing reads it. */
	remarks: Remarks | null;
	/** Minutes since the last sign of life of an execution in progress; *G* stands for all that is more. */
	unheard: number;
	/** Executions that ended so lately that their secrets are still answered. */
	ended: { execution: number; minutes: number }[];
}

/** How long the secret of an ended execution is still answered. */
const SECRET_MINUTES = minutesOf('ended_secret_s');

/** *G*. */
export const STALE_MINUTES = minutesOf('stale_s');

export interface Given {
	context: TaskContext;
	event: TaskSignal;
}

export const self =
	(signal: TaskSignal) =>
	(given: Given): SignalTo => ({
		to: 'task',
		task: given.context.task,
		signal,
	});

export const freeHost = ({ context }: Given): SignalTo => ({
	to: 'server',
	signal: { type: 'FREE', host: context.host ?? 0 },
});

export const versionFailed = ({ context }: Given): SignalTo => ({
	to: 'server',
	signal: { type: 'VERSION_FAILED', unit: context.unit },
});

/** What becomes of it is for its unit to know. */
export const toUnit =
	(signal: UnitSignal | ((given: Given) => UnitSignal)) =>
	(given: Given): SignalTo => ({
		to: 'unit',
		unit: given.context.unit,
		signal: typeof signal === 'function' ? signal(given) : signal,
	});

/** What a unit hears of a member that joins, leaves or is dispatched. */
export const member =
	(type: 'DISPATCHED' | 'JOIN' | 'WITHDRAWN') =>
	(given: Given): SignalTo =>
		toUnit({ type, task: given.context.task })(given);

/** An execution for which no heartbeat came may be a reason to restart by itself. */
export const finished = (status: 'success' | 'failed') =>
	toUnit(({ context, event }) => ({
		type: 'FINISHED',
		task: context.task,
		status,
		repair:
			context.repaired &&
			!context.mergeQueue &&
			context.execution === 0 &&
			!context.aborted &&
			event.type === 'FINISH' &&
			event.unheard,
	}));

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
		remarks: context.remarks,
	},
});

/** A new execution keeps nothing of the one before but recent secrets (S12). */
export const renew = (context: TaskContext, startedBy: StartedBy): Partial<TaskContext> => ({
	execution: context.execution + 1,
	startedBy,
	host: null,
	aborted: false,
	mark: 'none',
	details: null,
	remarks: null,
});

/** The secrets that are still answered after so many minutes more. */
export const aged = (ended: TaskContext['ended'], minutes: number): TaskContext['ended'] =>
	ended
		.map((past) => ({ execution: past.execution, minutes: past.minutes + minutes }))
		.filter((past) => past.minutes <= SECRET_MINUTES);

/** A user asks that what the task restarts with be restarted when it is finished (C5). */
export const asked = ({ event }: Given): UnitSignal => ({
	type: 'ASK',
	failedOnly: event.type === 'USER_ASKS' && event.failedOnly,
	abort: event.type === 'USER_ASKS' && event.abort,
});
