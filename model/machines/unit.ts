import { assign, setup } from 'xstate';
import type { Outcome } from '../vocabulary/message.ts';
import { type RefusedByUnit, type SignalTo, type UnitSignal, utterances } from './signals.ts';
import {
	aborts,
	callsOff,
	ended,
	type Given,
	isPending,
	isSettled,
	news,
	noted,
	renewals,
	renewed,
	running,
	type UnitContext,
	type UnitInput,
} from './unit-record.ts';

const answer = (outcome: Outcome, status: number) =>
	({ type: 'answer', params: { outcome, status, execution: null } }) as const;

const taskOf = (event: UnitSignal): number => ('task' in event ? event.task : 0);

const refuse = (mark: RefusedByUnit) =>
	({
		type: 'signal',
		params: ({ event }: Given): SignalTo => ({
			to: 'task',
			task: taskOf(event),
			signal: { type: 'REFUSED', mark },
		}),
	}) as const;

const GRANT = {
	type: 'signal',
	params: ({ event }: Given): SignalTo => ({
		to: 'task',
		task: taskOf(event),
		signal: { type: 'GRANTED' },
	}),
} as const;

const TAKE = {
	type: 'signal',
	params: ({ context, event }: Given): SignalTo => ({
		to: 'quota',
		signal: { type: 'TAKE', unit: context.unit, task: taskOf(event) },
	}),
} as const;

const GIVE_BACK = {
	type: 'signal',
	params: ({ context }: Given): SignalTo => ({
		to: 'quota',
		signal: { type: 'GIVE_BACK', unit: context.unit },
	}),
} as const;

const self = (signal: UnitSignal | ((given: Given) => UnitSignal)) =>
	({
		type: 'signal',
		params: (given: Given): SignalTo => ({
			to: 'unit',
			unit: given.context.unit,
			signal: typeof signal === 'function' ? signal(given) : signal,
		}),
	}) as const;

/** The record is changed, and who has to know of it is told. */
const NOTE = [{ type: 'signalEach', params: news }, 'note'] as const;
const RENEW = [{ type: 'signalEach', params: renewals }, ...NOTE] as const;
const CONSIDER = self({ type: 'CONSIDER' });
/** The restart became impossible (S7). */
const RETURN = ['return budget', GIVE_BACK] as const;

/**
 * What restarts as one, a plain task too. It has one budget, and one list of the members whose granted
 * mark stands (S3): the first on it takes a slot of the quota and one of the budget, further ones join it. When
 * every member that will run has finished and the list is not empty, all that ended begin anew, in a
 * transaction after that of the last end; so do members whose agent was lost, where that is a reason.
 * Tasks of other units see nothing final of a unit that is about to restart (S16).
 */
export const unitMachine = setup({
	types: {
		context: {} as UnitContext,
		events: {} as UnitSignal,
		input: {} as UnitInput,
	},
	actions: {
		...utterances,
		note: assign((given) => noted(given)),
		'spend budget': assign(({ context }) => ({ used: context.used + 1 })),
		'return budget': assign(({ context }) => ({ used: context.used - 1 })),
	},
	guards: {
		'at cap': ({ context }) => context.executions.some((execution) => execution >= context.cap),
		'no budget': ({ context }) => context.used >= context.max,
		'no other on the list': (given) => noted(given).list.length === 0,
		due: ({ context }) => isPending(context) && isSettled(context),
		finished: ({ context }) => isSettled(context) && ended(context).length > 0,
		'finished, some to restart': (given) => isSettled(given.context) && renewed(given).length > 0,
		'one is in progress': ({ context, event }) => running(context, event).length > 0,
		'one is in progress or on the list': ({ context, event }) =>
			running(context, event).length > 0 || callsOff(context, event),
		older: ({ context, event }) =>
			event.type === 'USER_RESTARTS' && event.execution < context.restarts,
		'merge queue': ({ context }) => context.mergeQueue,
	},
}).createMachine({
	id: 'unit',
	context: ({ input }) => ({
		...input,
		standings: input.members.map(() => 'inactive' as const),
		executions: input.members.map(() => 0),
		restarts: 0,
		used: 0,
		list: [],
		repairs: [],
		views: input.awaited.map(() => 'inactive' as const),
	}),
	initial: 'unmarked',
	on: {
		SCHEDULE: { actions: NOTE },
		DISPATCHED: { actions: NOTE },
		SEES: { actions: NOTE },
		FINISHED: { actions: [...NOTE, CONSIDER] },
		CONSIDER: { guard: 'due', actions: { type: 'later', params: { signal: { type: 'RESTART' } } } },
		MONITOR: { guard: 'due', actions: { type: 'later', params: { signal: { type: 'RESTART' } } } },
		RESTART_FOR_USER: [
			{ guard: 'finished', actions: answer('nothing_failed', 200) },
			{ actions: answer('refused_not_finished', 400) },
		],
		USER_RESTARTS: [
			{ guard: 'older', actions: answer('older', 200) },
			{ guard: 'merge queue', actions: answer('refused_merge_queue', 400) },
			{
				actions: self(({ event }) => ({
					type: 'RESTART_FOR_USER',
					failedOnly: 'failedOnly' in event && event.failedOnly,
				})),
			},
		],
		USER_ABORTS: [
			{
				guard: 'one is in progress',
				actions: [{ type: 'signalEach', params: aborts }, answer('ok', 200)],
			},
			{ actions: answer('refused_not_running', 400) },
		],
		GIVE_UP: { actions: [{ type: 'signalEach', params: aborts }, ...NOTE] },
	},
	states: {
		unmarked: {
			on: {
				JOIN: [
					{ guard: 'at cap', actions: refuse('refused_cap') },
					{ guard: 'no budget', actions: refuse('refused_budget') },
					{ actions: TAKE },
				],
				TAKEN: { target: 'marked', actions: [...NOTE, 'spend budget', GRANT] },
				FULL: { actions: refuse('refused_quota') },
				RESTART: { guard: 'due', actions: RENEW },
				RESTART_FOR_USER: {
					guard: 'finished, some to restart',
					actions: [...RENEW, answer('ok', 200)],
				},
			},
		},
		marked: {
			on: {
				// None was at the cap when the first joined, and none has risen since.
				JOIN: { actions: [...NOTE, GRANT] },
				WITHDRAWN: [
					{ guard: 'no other on the list', target: 'unmarked', actions: [...NOTE, ...RETURN] },
					{ actions: NOTE },
				],
				USER_ABORTS: {
					guard: 'one is in progress or on the list',
					actions: [
						{ type: 'signalEach', params: aborts },
						self(({ event }) => ({ type: 'CALL_OFF', tasks: 'tasks' in event ? event.tasks : [] })),
						answer('ok', 200),
					],
				},
				CALL_OFF: [
					{ guard: 'no other on the list', target: 'unmarked', actions: [...NOTE, ...RETURN] },
					{ actions: NOTE },
				],
				FINISHED: {
					guard: 'no other on the list',
					target: 'unmarked',
					actions: [...NOTE, ...RETURN, CONSIDER],
				},
				RESTART: { guard: 'due', target: 'unmarked', actions: RENEW },
				RESTART_FOR_USER: {
					guard: 'finished, some to restart',
					target: 'unmarked',
					actions: [...RENEW, ...RETURN, answer('ok', 200)],
				},
			},
		},
	},
});
