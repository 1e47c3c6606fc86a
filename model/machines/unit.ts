import { assign, setup } from 'xstate';
import type { Outcome } from '../vocabulary/message.ts';
import { type RefusedByUnit, type SignalTo, type UnitSignal, utterances } from './signals.ts';
import {
	aborts,
	abortsIfAsked,
	callsOff,
	cancels,
	ended,
	type Given,
	isPending,
	isSettled,
	news,
	noted,
	renewals,
	renewed,
	running,
	UNASKED,
	type UnitContext,
	type UnitInput,
	withAsked,
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
		project: context.project,
		signal: { type: 'TAKE', unit: context.unit, task: taskOf(event) },
	}),
} as const;

const GIVE_BACK = {
	type: 'signal',
	params: ({ context }: Given): SignalTo => ({
		to: 'quota',
		project: context.project,
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
/** A user who has the whole unit aborted does not ask for its restart any more (C5). */
const CANCEL = self(({ event }) => ({
	type: 'CANCEL',
	tasks: 'tasks' in event ? event.tasks : [],
}));
/** What has ended is on the list no more. */
const CALL_OFF = self(({ event }) => ({
	type: 'CALL_OFF',
	tasks: 'tasks' in event ? event.tasks : [],
}));
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
		'one is in progress, or a restart is asked': ({ context, event }) =>
			running(context, event).length > 0 || cancels(context, event),
		'one is in progress or on the list, or a restart is asked': ({ context, event }) =>
			running(context, event).length > 0 || callsOff(context, event) || cancels(context, event),
		older: ({ context, event }) => 'execution' in event && event.execution < context.restarts,
		'nothing ran': ({ context, event }) =>
			running(context, event).length === 0 && ended(context).length === 0,
		'finished, none to restart': (given) =>
			isSettled(withAsked(given)) && renewed(given).length === 0,
		'finished as asked': (given) => isSettled(withAsked(given)),
		'due, for a user': ({ context }) => context.asked !== null && isSettled(context),
		'of the whole unit': ({ context, event }) => cancels(context, event),
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
		...UNASKED,
		views: input.awaited.map(() => 'inactive' as const),
	}),
	initial: 'unmarked',
	on: {
		SCHEDULE: { actions: NOTE },
		POLICY: {
			actions: assign({
				max: ({ event }) => event.policy.max_automatic_restarts,
				cap: ({ event }) => event.policy.execution_cap,
			}),
		},
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
		USER_ASKS: [
			{ guard: 'older', actions: answer('older', 200) },
			{ guard: 'merge queue', actions: answer('refused_merge_queue', 400) },
			{
				actions: self(({ event }) => ({
					type: 'ASK',
					failedOnly: 'failedOnly' in event && event.failedOnly,
					abort: 'abort' in event && event.abort,
				})),
			},
		],
		ASK: [
			{ guard: 'nothing ran', actions: answer('refused_nothing_ran', 400) },
			{ guard: 'finished, none to restart', actions: answer('nothing_failed', 200) },
			{
				guard: 'finished as asked',
				actions: [
					...NOTE,
					self((given) => ({
						type: 'RESTART_FOR_USER',
						failedOnly: withAsked(given).asked === 'failed',
					})),
				],
			},
			{
				actions: [
					...NOTE,
					{ type: 'signalEach', params: abortsIfAsked },
					answer('will_restart', 200),
				],
			},
		],
		CANCEL: { guard: 'of the whole unit', actions: NOTE },
		TAKE_BACK: [
			{ guard: 'of the whole unit', actions: [...NOTE, CALL_OFF, answer('ok', 200)] },
			{ actions: answer('refused_not_running', 400) },
		],
		USER_ABORTS: [
			{
				guard: 'one is in progress, or a restart is asked',
				actions: [{ type: 'signalEach', params: aborts }, CANCEL, answer('ok', 200)],
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
				// None has risen since the first joined, but the cap may be lower.
				JOIN: [{ guard: 'at cap', actions: refuse('refused_cap') }, { actions: [...NOTE, GRANT] }],
				WITHDRAWN: [
					{ guard: 'no other on the list', target: 'unmarked', actions: [...NOTE, ...RETURN] },
					{ actions: NOTE },
				],
				USER_ABORTS: {
					guard: 'one is in progress or on the list, or a restart is asked',
					actions: [{ type: 'signalEach', params: aborts }, CANCEL, CALL_OFF, answer('ok', 200)],
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
				RESTART: [
					{ guard: 'due, for a user', target: 'unmarked', actions: [...RENEW, ...RETURN] },
					{ guard: 'due', target: 'unmarked', actions: RENEW },
				],
				RESTART_FOR_USER: {
					guard: 'finished, some to restart',
					target: 'unmarked',
					actions: [...RENEW, ...RETURN, answer('ok', 200)],
				},
			},
		},
	},
});
