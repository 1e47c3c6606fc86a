import type { EndCauses } from './end-details.ts';
import type { AgentSignal, BlockRun, Call, SignalTo, TaskRun } from './signals.ts';

/** What the version says about the runs of an agent. */
export interface AgentInput {
	/** False in the merge queue (S6). */
	marks: boolean;
}

/** An execution that the server gives to the agent. */
export interface Work {
	task: number;
	execution: number;
	/** Of a task of a group: how often what restarts with it was restarted. */
	restarts: number;
	run: TaskRun;
}

/** What an agent keeps. */
export interface AgentContext extends AgentInput, EndCauses {
	/** The group that the host is set up for, and how often it was restarted before the last task that started there. */
	setUpFor: { group: number; restarts: number } | null;
	/** Minutes since its last heartbeat was accepted, or it took the execution up; while it leaves a group, since it began to. */
	unheard: number;
	/** What is to be taken up when the host has left its group. */
	next: Work | null;
	task: number | null;
	execution: number | null;
	restarts: number;
	run: TaskRun;
	/** An answer to a mark of this execution was received: no further one is sent. */
	answered: boolean;
}

/** How a task runs of which nothing else is known. */
const PLAIN: TaskRun = {
	group: null,
	setUp: { block: 'pre', canFail: false },
	cleanUp: { block: 'post', canFail: false },
};

/** No execution is held; for what the host is set up is another matter. */
export const NOTHING: Omit<AgentContext, keyof AgentInput | 'setUpFor'> = {
	unheard: 0,
	next: null,
	task: null,
	execution: null,
	restarts: 0,
	run: PLAIN,
	posted: null,
	failed: null,
	exit: null,
	timedOut: null,
	answered: false,
};

export interface Given {
	context: AgentContext;
}

export const held = ({ context }: Given): { task: number; execution: number } => ({
	task: context.task ?? 0,
	execution: context.execution ?? 0,
});

export const beat = (given: Given): SignalTo => ({
	to: 'heartbeat',
	signal: { type: 'BEAT', ...held(given) },
});

export const CLOSE_CALL: SignalTo = { to: 'call', signal: { type: 'CLOSE' } };
export const CLOSE_HEARTBEAT: SignalTo = { to: 'heartbeat', signal: { type: 'CLOSE' } };
export const CANCEL_BLOCK: SignalTo = { to: 'block', signal: { type: 'CANCEL' } };

export const runs = (block: BlockRun): SignalTo => ({
	to: 'block',
	signal: { type: 'RUN', ...block },
});

/** What an answer to `next` gives; null: nothing. */
export const workOf = (event: AgentSignal): Work | null =>
	event.type === 'REPLY' && event.outcome === 'task'
		? {
				task: event.task ?? 0,
				execution: event.execution ?? 0,
				restarts: event.restarts,
				run: event.run ?? PLAIN,
			}
		: null;

export const send = (call: Call): SignalTo => ({ to: 'call', signal: { type: 'SEND', call } });
