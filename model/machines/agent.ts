import { assign, setup } from 'xstate';
import { minutesOf } from '../vocabulary/setup.ts';
import {
	type AgentContext,
	type AgentInput,
	beat,
	CANCEL_BLOCK,
	CLOSE_CALL,
	CLOSE_HEARTBEAT,
	type Given,
	held,
	NOTHING,
	runs,
	send,
	workOf,
} from './agent-record.ts';
import { endDetails, remarksAtEnd } from './end-details.ts';
import { type AgentSignal, type SignalTo, utterances } from './signals.ts';

/** What ends main and the blocks before it other than by running through: a failure, a posted status, an abort. */
const AS_LONG_AS_WORK_RUNS = {
	BLOCK_FAILED: [
		{ guard: 'to be marked', target: 'marking', actions: 'note failure' },
		{ guard: 'timed out', target: 'timeout', actions: 'note failure' },
		{ target: 'cleanUp', actions: 'note failure' },
	],
	BLOCK_STOPPED: 'cleanUp',
	HEARD: {
		guard: 'aborted',
		target: 'cleanUp',
		actions: ['hear', { type: 'signal', params: CANCEL_BLOCK }],
	},
	BEAT: { actions: { type: 'signal', params: beat } },
} as const;

/** *F*, and the longest that a host may take to leave a group. */
const FENCE_MINUTES = minutesOf('fence_s');
const LEAVING_MINUTES = minutesOf('teardown_group_s');

const minutesIn = (event: AgentSignal): number => ('minutes' in event ? event.minutes : 0);

/** The host has left its group: it takes up what it was given, if anything. */
const LEFT = [
	{ guard: 'has work', target: 'holding', actions: 'take up' },
	{ target: 'idle' },
] as const;

/** What an agent does beside for those who ask for a mark in its stead: scripts, or commands of their own. */
export interface AgentVariant {
	readonly onMarkWanted?: typeof ASKS_FOR_OTHERS;
}

const ANSWERED: SignalTo = { to: 'block', signal: { type: 'ANSWERED' } };

/** A mark is asked for while a block runs, and the block waits for the answer, or for its last attempt. */
export const ASKS_FOR_OTHERS = {
	MARK_WANTED: [
		{
			guard: 'may mark',
			actions: {
				type: 'signal',
				params: (given: Given) => send({ route: 'mark', ...held(given) }),
			},
		},
		{ actions: { type: 'signal', params: ANSWERED } },
	],
	REPLY: { actions: ['note answer', { type: 'signal', params: ANSWERED }] },
	GAVE_UP: { actions: { type: 'signal', params: ANSWERED } },
} as const;

/**
 * An agent on a host. It asks for work, starts the execution it is given, runs its set-up (pre or
 * setup_task), main, the timeout block after a timeout that failed the task, and its clean-up (post or
 * teardown_task), and sends the end. After a flagged command failed a block it marks the task for
 * restart and waits, so that the mark is decided before the end (S5, L1). It may lose its execution at
 * any time (fencing), or die.
 *
 * The first task of a group sets the host up for it. Before anything that is not of that group, or that
 * comes after a restart of it, and before it has nothing to do, the host leaves the group, holding no execution.
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
			'note restarts': assign(({ context: { setUpFor, restarts } }) => ({
				setUpFor: setUpFor && { ...setUpFor, restarts },
			})),
			'forget group': assign({ setUpFor: null }),
			'take up': assign(({ context: { next }, event }) => {
				const work = next ?? workOf(event);
				if (work === null) return {};
				return { ...work, next: null, unheard: 0 };
			}),
			hear: assign({ unheard: 0 }),
			'let pass': assign(({ context, event }) => ({
				unheard: context.unheard + minutesIn(event),
			})),
			'note answer': assign({ answered: true }),
			'note failure': assign(({ context, event }) =>
				event.type === 'BLOCK_FAILED'
					? {
							failed: context.failed ?? event.failure.type,
							exit: context.failed === null ? (event.failure.exit ?? null) : context.exit,
							timedOut: context.timedOut ?? event.limit,
						}
					: {},
			),
		},
		guards: {
			'given work': ({ event }) => workOf(event) !== null,
			'must leave its group': ({ context: { setUpFor }, event }) => {
				const work = workOf(event);
				if (setUpFor === null) return false;
				return work?.run.group?.instance !== setUpFor.group || work.restarts > setUpFor.restarts;
			},
			'has work': ({ context }) => context.next !== null,
			'not set up': ({ context: { run, setUpFor } }) => run.group !== null && setUpFor === null,
			fenced: ({ context, event }) => context.unheard + minutesIn(event) >= FENCE_MINUTES,
			'left for too long': ({ context, event }) =>
				context.unheard + minutesIn(event) >= LEAVING_MINUTES,
			'left for too long, given work': ({ context, event }) =>
				context.next !== null && context.unheard + minutesIn(event) >= LEAVING_MINUTES,
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
		context: ({ input }) => ({ ...input, setUpFor: null, ...NOTHING }),
		initial: 'idle',
		on: { DIES: '.dead', GOES: '.gone' },
		states: {
			idle: {
				entry: 'forget',
				on: { ASK: 'asking', WAITS: 'toCome' },
			},
			asking: {
				entry: { type: 'signal', params: send({ route: 'next' }) },
				on: {
					REPLY: [
						{
							guard: 'must leave its group',
							target: 'leaving',
							actions: assign({ next: ({ event }) => workOf(event) }),
						},
						{
							guard: 'given work',
							target: 'holding',
							actions: 'take up',
						},
						{ target: 'idle' },
					],
					GAVE_UP: 'idle',
				},
			},
			leaving: {
				entry: [
					'hear',
					{ type: 'signal', params: runs({ block: 'teardown_group', canFail: false }) },
				],
				on: {
					BLOCK_DONE: LEFT,
					MINUTES: [
						{ guard: 'left for too long, given work', target: 'holding', actions: 'take up' },
						{ guard: 'left for too long', target: 'idle' },
						{ actions: 'let pass' },
					],
					CUT_OFF: { guard: 'fenced', target: 'idle' },
				},
				exit: [{ type: 'signal', params: CANCEL_BLOCK }, 'forget group'],
			},
			holding: {
				initial: 'starting',
				on: {
					LOST: 'idle',
					HEARD: { actions: 'hear' },
					CUT_OFF: [
						{ guard: 'fenced', target: 'idle' },
						{ actions: ['let pass', { type: 'signal', params: CLOSE_HEARTBEAT }] },
					],
					...onMarkWanted,
					POSTED: {
						actions: assign({
							posted: ({ event }) => ({ ...event.posted, commandType: event.commandType }),
						}),
					},
				},
				exit: [
					{ type: 'signal', params: CANCEL_BLOCK },
					{ type: 'signal', params: CLOSE_CALL },
					{ type: 'signal', params: CLOSE_HEARTBEAT },
				],
				states: {
					starting: {
						entry: {
							type: 'signal',
							params: (given) => send({ route: 'start', ...held(given) }),
						},
						on: {
							REPLY: [
								{ guard: 'not set up', target: 'setUpGroup' },
								{ target: 'setUp', actions: 'note restarts' },
							],
							GAVE_UP: '#agent.idle',
						},
					},
					setUpGroup: {
						entry: [
							assign({
								setUpFor: ({ context: { run, restarts } }) =>
									run.group && { group: run.group.instance, restarts },
							}),
							{
								type: 'signal',
								params: ({ context }) =>
									runs({ block: 'setup_group', canFail: context.run.group?.canFail ?? false }),
							},
						],
						on: {
							BLOCK_DONE: 'setUp',
							...AS_LONG_AS_WORK_RUNS,
						},
					},
					setUp: {
						entry: { type: 'signal', params: ({ context }) => runs(context.run.setUp) },
						on: {
							BLOCK_DONE: 'main',
							...AS_LONG_AS_WORK_RUNS,
						},
					},
					main: {
						entry: { type: 'signal', params: runs({ block: 'main', canFail: true }) },
						on: {
							BLOCK_DONE: 'cleanUp',
							...AS_LONG_AS_WORK_RUNS,
						},
					},
					marking: {
						entry: {
							type: 'signal',
							params: (given) => send({ route: 'mark', ...held(given) }),
						},
						on: {
							REPLY: [
								{ guard: 'timed out', target: 'timeout', actions: assign({ answered: true }) },
								{ target: 'cleanUp', actions: assign({ answered: true }) },
							],
							GAVE_UP: [{ guard: 'timed out', target: 'timeout' }, { target: 'cleanUp' }],
							BEAT: { actions: { type: 'signal', params: beat } },
						},
					},
					timeout: {
						entry: { type: 'signal', params: runs({ block: 'timeout', canFail: false }) },
						on: {
							BLOCK_DONE: 'cleanUp',
							BEAT: { actions: { type: 'signal', params: beat } },
						},
					},
					cleanUp: {
						entry: { type: 'signal', params: ({ context }) => runs(context.run.cleanUp) },
						on: {
							BLOCK_DONE: 'ending',
							BLOCK_FAILED: [
								{ guard: 'to be marked', target: 'markingCleanUp', actions: 'note failure' },
								{ target: 'ending', actions: 'note failure' },
							],
							BEAT: { actions: { type: 'signal', params: beat } },
						},
					},
					markingCleanUp: {
						entry: {
							type: 'signal',
							params: (given) => send({ route: 'mark', ...held(given) }),
						},
						on: {
							REPLY: 'ending',
							GAVE_UP: 'ending',
							BEAT: { actions: { type: 'signal', params: beat } },
						},
					},
					ending: {
						entry: [
							{ type: 'signal', params: CANCEL_BLOCK },
							{ type: 'signal', params: CLOSE_HEARTBEAT },
							{
								type: 'signal',
								params: (given) =>
									send({
										route: 'end',
										...held(given),
										details: endDetails(given.context),
										...remarksAtEnd(given.context),
									}),
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
				entry: [{ type: 'signal', params: CLOSE_CALL }, 'forget', 'forget group'],
				on: { RETURNS: 'idle' },
			},
			toCome: { on: { COMES: 'idle' } },
			gone: {
				entry: [{ type: 'signal', params: CLOSE_CALL }, 'forget', 'forget group'],
			},
		},
	});

export const agentMachine = createAgentMachine();
