import { assign, setup } from 'xstate';
import type { Exit } from '../vocabulary/command.ts';
import { type Block, isSetUp, isWatched } from '../vocabulary/project.ts';
import {
	type BackgroundCommand,
	type BlockSignal,
	type Failure,
	type Place,
	type SignalTo,
	utterances,
} from './signals.ts';

interface BlockContext {
	block: Block | null;
	canFail: boolean;
	/** The command that runs or is asked for. */
	index: number;
	current: Failure | null;
	/** Background commands that run; only those of main and the blocks before it are watched. */
	background: BackgroundCommand[];
	/** The first failure of a background command, until it is noticed. */
	remembered: Failure | null;
	/** A posted status asked to stop after the running command. */
	stop: boolean;
}

const NO_FAILURE: Failure = { flagged: false, type: 'test' };

const CLEAR: BlockContext = {
	block: null,
	canFail: false,
	index: 0,
	current: null,
	background: [],
	remembered: null,
	stop: false,
};

const failureOf = ({ flagged, type }: Failure, exit: Exit | undefined): Failure => ({
	flagged,
	type,
	...(exit === undefined ? {} : { exit }),
});

type Said = Extract<SignalTo, { to: 'agent' }>;

interface Given {
	context: BlockContext;
	event: BlockSignal;
}

/** A transition that a design adds. */
export interface AddedTransition {
	readonly guard?: 'flagged, its script lives';
	readonly target?: 'asking' | 'running' | 'fetching';
	readonly actions: (
		| 'next'
		| 'note exit'
		| { type: 'signal'; params: SignalTo }
		| { type: 'fetch'; params: (given: Pick<Given, 'context'>) => Place }
	)[];
}

/** Where a design lets somebody ask for a mark while a block runs. */
export interface BlockVariant {
	/** A flagged command has failed by itself: before that has its consequences. */
	readonly onFailed?: AddedTransition;
	/** An agent command that asks stands next. */
	readonly onAutoRetry?: AddedTransition;
	/** Whoever asked has an answer, or gave up. */
	readonly onAnswered?: AddedTransition;
}

export const fetchNext = ({ context }: { context: BlockContext }): Place => ({
	block: context.block ?? 'main',
	index: context.index,
});

const failed = ({ context, event }: { context: BlockContext; event: BlockSignal }): Said => ({
	to: 'agent',
	signal: {
		type: 'BLOCK_FAILED',
		failure: context.current ?? NO_FAILURE,
		limit: event.type === 'TIMED_OUT' ? event.limit : null,
	},
});

const failedInBackground = ({ context }: { context: BlockContext }): Said => ({
	to: 'agent',
	signal: { type: 'BLOCK_FAILED', failure: context.remembered ?? NO_FAILURE, limit: null },
});

/**
 * A block of a task run: it fetches one command after the other and decides, by the table under
 * S4, whether a command's end lets it go on, stops it, or makes it fail. Background commands run beside, and those of
 * main and the blocks before it are watched; the first failure of one whose own block can fail
 * the task is noticed when the foreground command ends without failing the block itself. The agent hears
 * BLOCK_DONE, BLOCK_STOPPED or BLOCK_FAILED with the failed command's flag and type.
 */
export const createBlockMachine = ({ onFailed, onAutoRetry, onAnswered }: BlockVariant = {}) =>
	setup({
		types: { context: {} as BlockContext, events: {} as BlockSignal },
		actions: {
			...utterances,
			next: assign({ index: ({ context }) => context.index + 1 }),
			'note exit': assign(({ context: { current }, event }) =>
				current === null || event.type !== 'FAILED' || event.exit === undefined
					? {}
					: { current: { ...current, exit: event.exit } },
			),
			clear: assign(() => CLEAR),
			/** A block is over: what those before main left behind stays until main is over too, and of those after it until the end. */
			settle: assign(({ context: { block, background, remembered, stop } }) => {
				if (block === null || block === 'main') return CLEAR;
				return isSetUp(block)
					? { ...CLEAR, background, remembered, stop }
					: { ...CLEAR, background };
			}),
			/** A block has failed, and the task with it: work is over, if it was not before. */
			fall: assign(({ context: { block, background } }) =>
				block === null || isWatched(block) ? CLEAR : { ...CLEAR, background },
			),
		},
		guards: {
			foreground: ({ event }) => event.type === 'COMMAND' && !event.background,
			'background failed': ({ context }) => context.remembered !== null,
			'asked to stop': ({ context: { block, canFail, stop } }) =>
				stop && canFail && block !== null && isWatched(block),
			/** In teardown_group no execution is held for which anything could be asked. */
			'flagged, its script lives': ({ context: { block, current }, event }) =>
				current?.flagged === true &&
				block !== 'teardown_group' &&
				event.type === 'FAILED' &&
				event.scriptLives,
			'can fail': ({ context }) => context.canFail,
			'fails the task': ({ context, event }) =>
				event.type === 'TIMED_OUT' && (event.limit !== 'block' || context.canFail),
			'first that counts': ({ context, event }) =>
				context.remembered === null &&
				context.background.some(
					(command) =>
						event.type === 'BACKGROUND_FAILED' &&
						command.block === event.block &&
						command.index === event.index &&
						command.canFail,
				),
		},
	}).createMachine({
		id: 'block',
		context: CLEAR,
		initial: 'idle',
		on: { CANCEL: { target: '.idle', actions: ['clear'] } },
		states: {
			idle: {
				on: {
					RUN: {
						target: 'fetching',
						actions: [
							assign(({ event }) => ({ block: event.block, canFail: event.canFail, index: 0 })),
							{ type: 'fetch', params: ({ event }) => ({ block: event.block, index: 0 }) },
						],
					},
				},
			},
			fetching: {
				on: {
					COMMAND: [
						{
							guard: 'foreground',
							target: 'running',
							actions: [
								assign({
									current: ({ event }) => ({ flagged: event.flagged, type: event.failureType }),
								}),
								{ type: 'signal', params: { to: 'command', signal: { type: 'START' } } },
							],
						},
						{
							actions: [
								assign({
									background: ({ context, event }) =>
										context.block === null
											? context.background
											: [
													...context.background,
													{
														block: context.block,
														index: context.index,
														flagged: event.flagged,
														type: event.failureType,
														canFail: context.canFail && isWatched(context.block),
													},
												],
								}),
								'next',
								{ type: 'fetch', params: fetchNext },
							],
						},
					],
					...(onAutoRetry === undefined ? {} : { AUTO_RETRY: onAutoRetry }),
					NO_MORE: {
						target: 'idle',
						actions: [
							'settle',
							{ type: 'signal', params: { to: 'agent', signal: { type: 'BLOCK_DONE' } } },
						],
					},
				},
			},
			running: {
				on: {
					CANCEL: {
						target: 'idle',
						actions: [
							'clear',
							{ type: 'signal', params: { to: 'command', signal: { type: 'CANCEL' } } },
						],
					},
					SUCCEEDED: [
						{
							guard: 'background failed',
							target: 'idle',
							actions: [{ type: 'signal', params: failedInBackground }, 'clear'],
						},
						{
							guard: 'asked to stop',
							target: 'idle',
							actions: [
								'clear',
								{ type: 'signal', params: { to: 'agent', signal: { type: 'BLOCK_STOPPED' } } },
							],
						},
						{ target: 'fetching', actions: ['next', { type: 'fetch', params: fetchNext }] },
					],
					FAILED: [
						...(onFailed === undefined ? [] : [onFailed]),
						{
							guard: 'can fail',
							target: 'idle',
							actions: ['note exit', { type: 'signal', params: failed }, 'fall'],
						},
						{ target: 'fetching', actions: ['next', { type: 'fetch', params: fetchNext }] },
					],
					TIMED_OUT: [
						{
							guard: 'fails the task',
							target: 'idle',
							actions: [{ type: 'signal', params: failed }, 'fall'],
						},
						{
							target: 'idle',
							actions: [
								'settle',
								{ type: 'signal', params: { to: 'agent', signal: { type: 'BLOCK_DONE' } } },
							],
						},
					],
					BACKGROUND_FAILED: [
						{
							guard: 'first that counts',
							actions: assign(({ context, event }) => {
								const gone = context.background.find(
									(command) => command.block === event.block && command.index === event.index,
								);
								return {
									background: context.background.filter((command) => command !== gone),
									remembered: gone === undefined ? null : failureOf(gone, event.exit),
								};
							}),
						},
						{
							actions: assign({
								background: ({ context, event }) =>
									context.background.filter(
										(command) => command.block !== event.block || command.index !== event.index,
									),
							}),
						},
					],
					STATUS_POSTED: {
						actions: [
							assign({ stop: ({ event }) => !event.posted.should_continue }),
							{
								type: 'signal',
								params: ({ context, event }) => ({
									to: 'agent',
									signal: {
										type: 'POSTED',
										posted: event.posted,
										commandType: context.current?.type ?? 'test',
									},
								}),
							},
						],
					},
				},
			},
			...(onAnswered === undefined
				? {}
				: {
						asking: {
							on: {
								ANSWERED: onAnswered,
								CANCEL: {
									target: 'idle',
									actions: [
										'clear',
										{ type: 'signal', params: { to: 'call', signal: { type: 'CLOSE' } } },
									],
								},
							},
						},
					}),
		},
	});

export const blockMachine = createBlockMachine();
