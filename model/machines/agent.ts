import { assign, setup } from 'xstate';
import { endDetails, type Verdict } from './end-details.ts';
import { type AgentSignal, type Call, type Tell, utterances } from './signals.ts';

/** What the project and the version say about the runs of an agent. */
export interface AgentInput {
	preCanFail: boolean;
	postCanFail: boolean;
	/** False in the merge queue (S6). */
	marks: boolean;
}

interface AgentContext extends AgentInput, Verdict {
	task: number | null;
	execution: number | null;
	/** An answer to a mark of this execution was received: no further one is sent. */
	answered: boolean;
}

const NOTHING: Omit<AgentContext, keyof AgentInput> = {
	task: null,
	execution: null,
	posted: null,
	failed: null,
	timedOut: null,
	answered: false,
};

interface Given {
	context: AgentContext;
}

const held = ({ context }: Given): { task: number; execution: number } => ({
	task: context.task ?? 0,
	execution: context.execution ?? 0,
});

const beat = (given: Given): Tell => ({
	to: 'heartbeat',
	signal: { type: 'BEAT', ...held(given) },
});

const CLOSE_CALL: Tell = { to: 'call', signal: { type: 'CLOSE' } };
const CLOSE_HEARTBEAT: Tell = { to: 'heartbeat', signal: { type: 'CLOSE' } };
const CANCEL_BLOCK: Tell = { to: 'block', signal: { type: 'CANCEL' } };

/** What ends pre and main other than by running through: a failure, a posted status, an abort. */
const AS_LONG_AS_WORK_RUNS = {
	BLOCK_FAILED: [
		{ guard: 'to be marked', target: 'marking', actions: 'note failure' },
		{ guard: 'timed out', target: 'timeout', actions: 'note failure' },
		{ target: 'post', actions: 'note failure' },
	],
	BLOCK_STOPPED: 'post',
	HEARD: { guard: 'aborted', target: 'post', actions: { type: 'tell', params: CANCEL_BLOCK } },
	BEAT: { actions: { type: 'tell', params: beat } },
} as const;

const send = (call: Call): Tell => ({ to: 'call', signal: { type: 'SEND', call } });

/** What an agent does beside for those who ask for a mark in its stead: scripts, or commands of their own. */
export interface AgentVariant {
	readonly onMarkWanted?: typeof ASKS_FOR_OTHERS;
}

const ANSWERED: Tell = { to: 'block', signal: { type: 'ANSWERED' } };

/** A mark is asked for while a block runs, and the block waits for the answer, or for the end of patience. */
export const ASKS_FOR_OTHERS = {
	MARK_WANTED: [
		{
			guard: 'may mark',
			actions: { type: 'tell', params: (given: Given) => send({ route: 'mark', ...held(given) }) },
		},
		{ actions: { type: 'tell', params: ANSWERED } },
	],
	REPLY: { actions: ['note answer', { type: 'tell', params: ANSWERED }] },
	GAVE_UP: { actions: { type: 'tell', params: ANSWERED } },
} as const;

/**
 * An agent on a host. It asks for work, starts the execution it is given, runs pre, main, the
 * timeout block after a timeout that failed the task, and post, and sends the end. After a flagged
 * command failed a block it marks the task for restart and waits, so that the mark is decided
 * before the end (S5, L1). It may lose its execution at any time (fencing), or die.
 */
export const createAgentMachine = ({ onMarkWanted }: AgentVariant = {}) =>
	setup({
		types: {
			context: {} as AgentContext,
			events: {} as AgentSignal,
			input: {} as AgentInput,
		},
		actions: {
			...utterances,
			forget: assign(() => NOTHING),
			'note answer': assign({ answered: true }),
			'note failure': assign(({ context, event }) =>
				event.type === 'BLOCK_FAILED'
					? {
							failed: context.failed ?? event.failure.type,
							timedOut: context.timedOut ?? event.limit,
						}
					: {},
			),
		},
		guards: {
			'given work': ({ event }) => event.type === 'REPLY' && event.outcome === 'task',
			aborted: ({ event }) => event.type === 'HEARD' && event.abort,
			'to be marked': ({ context, event }) =>
				event.type === 'BLOCK_FAILED' &&
				event.failure.flagged &&
				context.marks &&
				!context.answered,
			'may mark': ({ context }) => context.marks && !context.answered,
			'timed out': ({ context, event }) =>
				event.type === 'BLOCK_FAILED' ? event.limit !== null : context.timedOut !== null,
		},
	}).createMachine({
		id: 'agent',
		context: ({ input }) => ({ ...input, ...NOTHING }),
		initial: 'idle',
		on: { DIES: '.dead' },
		states: {
			idle: {
				entry: 'forget',
				on: { ASK: 'asking' },
			},
			asking: {
				entry: { type: 'tell', params: send({ route: 'next' }) },
				on: {
					REPLY: [
						{
							guard: 'given work',
							target: 'holding',
							actions: assign({
								task: ({ event }) => event.task,
								execution: ({ event }) => event.execution,
							}),
						},
						{ target: 'idle' },
					],
					GAVE_UP: 'idle',
					LOST: { target: 'idle', actions: { type: 'tell', params: CLOSE_CALL } },
				},
			},
			holding: {
				initial: 'starting',
				on: {
					LOST: 'idle',
					...onMarkWanted,
					POSTED: {
						actions: assign({
							posted: ({ event }) => ({ ...event.posted, commandType: event.commandType }),
						}),
					},
				},
				exit: [
					{ type: 'tell', params: CANCEL_BLOCK },
					{ type: 'tell', params: CLOSE_CALL },
					{ type: 'tell', params: CLOSE_HEARTBEAT },
				],
				states: {
					starting: {
						entry: {
							type: 'tell',
							params: (given) => send({ route: 'start', ...held(given) }),
						},
						on: { REPLY: 'pre', GAVE_UP: '#agent.idle' },
					},
					pre: {
						entry: {
							type: 'tell',
							params: ({ context }) => ({
								to: 'block',
								signal: { type: 'RUN', block: 'pre', canFail: context.preCanFail },
							}),
						},
						on: {
							BLOCK_DONE: 'main',
							...AS_LONG_AS_WORK_RUNS,
						},
					},
					main: {
						entry: {
							type: 'tell',
							params: { to: 'block', signal: { type: 'RUN', block: 'main', canFail: true } },
						},
						on: {
							BLOCK_DONE: 'post',
							...AS_LONG_AS_WORK_RUNS,
						},
					},
					marking: {
						entry: {
							type: 'tell',
							params: (given) => send({ route: 'mark', ...held(given) }),
						},
						on: {
							REPLY: [
								{ guard: 'timed out', target: 'timeout', actions: assign({ answered: true }) },
								{ target: 'post', actions: assign({ answered: true }) },
							],
							GAVE_UP: [{ guard: 'timed out', target: 'timeout' }, { target: 'post' }],
							BEAT: { actions: { type: 'tell', params: beat } },
						},
					},
					timeout: {
						entry: {
							type: 'tell',
							params: { to: 'block', signal: { type: 'RUN', block: 'timeout', canFail: false } },
						},
						on: {
							BLOCK_DONE: 'post',
							BEAT: { actions: { type: 'tell', params: beat } },
						},
					},
					post: {
						entry: {
							type: 'tell',
							params: ({ context }) => ({
								to: 'block',
								signal: { type: 'RUN', block: 'post', canFail: context.postCanFail },
							}),
						},
						on: {
							BLOCK_DONE: 'ending',
							BLOCK_FAILED: [
								{ guard: 'to be marked', target: 'markingPost', actions: 'note failure' },
								{ target: 'ending', actions: 'note failure' },
							],
							BEAT: { actions: { type: 'tell', params: beat } },
						},
					},
					markingPost: {
						entry: {
							type: 'tell',
							params: (given) => send({ route: 'mark', ...held(given) }),
						},
						on: {
							REPLY: 'ending',
							GAVE_UP: 'ending',
							BEAT: { actions: { type: 'tell', params: beat } },
						},
					},
					ending: {
						entry: [
							{ type: 'tell', params: CLOSE_HEARTBEAT },
							{
								type: 'tell',
								params: (given) =>
									send({ route: 'end', ...held(given), details: endDetails(given.context) }),
							},
						],
						on: {
							REPLY: '#agent.idle',
							GAVE_UP: '#agent.idle',
						},
					},
				},
			},
			dead: {
				entry: [{ type: 'tell', params: CLOSE_CALL }, 'forget'],
				on: { RETURNS: 'idle' },
			},
		},
	});

export const agentMachine = createAgentMachine();
