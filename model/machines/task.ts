import { assign, setup } from 'xstate';
import type { Outcome } from '../vocabulary/message.ts';
import {
	type MarkState,
	type SignalTo,
	type StartedBy,
	type TaskSignal,
	utterances,
} from './signals.ts';
import {
	ABORTED,
	aged,
	archive,
	asked,
	finished,
	freeHost,
	given,
	member,
	renew,
	STALE_MINUTES,
	self,
	type TaskContext,
	type TaskInput,
	toUnit,
	UNHEARD,
	versionFailed,
} from './task-record.ts';

const answer = (outcome: Outcome, status: number) =>
	({ type: 'answer', params: { outcome, status, execution: null } }) as const;

const refuse = (mark: Extract<MarkState, Outcome>, status: number) =>
	[{ type: 'decide', params: { mark } }, answer(mark, status)] as const;

/**
 * A task's record on the server. It is dispatched, started and ended once an execution; a mark is
 * decided once (S10) while the execution is in progress and not aborted: what is about budget, quota
 * and cap, by its unit, which hears of all that becomes of it and has it begin anew.
 * The secret of an execution stands for its number: a request with that of an earlier one is
 * answered and changes nothing (S9).
 */
export const taskMachine = setup({
	types: {
		context: {} as TaskContext,
		events: {} as TaskSignal,
		input: {} as TaskInput,
	},
	actions: {
		...utterances,
		decide: assign((_, params: { mark: MarkState }) => ({ mark: params.mark })),
		hear: assign({ unheard: 0 }),
		'note end': assign(({ context, event }) => ({
			details: context.aborted ? ABORTED : event.type === 'FINISH' ? event.details : UNHEARD,
			remarks: (!context.aborted && event.type === 'FINISH' ? event.remarks : null) ?? null,
			unheard: 0,
			ended: [...context.ended, { execution: context.execution, minutes: 0 }],
		})),
		'age secrets': assign(({ context, event }) => ({
			ended: aged(context.ended, event.type === 'MINUTES' ? event.minutes : 0),
		})),
		'hear nothing': assign(({ context, event }) => ({
			unheard: Math.min(
				context.unheard + (event.type === 'MINUTES' ? event.minutes : 0),
				STALE_MINUTES,
			),
		})),
		'begin anew': assign(({ context }, params: { startedBy: StartedBy }) =>
			renew(context, params.startedBy),
		),
	},
	guards: {
		live: ({ context, event }) => 'execution' in event && event.execution === context.execution,
		'live, aborted': ({ context, event }) =>
			'execution' in event && event.execution === context.execution && context.aborted,
		'lately ended': ({ context, event }) =>
			'execution' in event && context.ended.some((past) => past.execution === event.execution),
		granted: ({ context }) => context.mark === 'granted',
		withdrawn: ({ context }) => context.mark === 'withdrawn',
		'refused: merge queue': ({ context }) => context.mark === 'refused_merge_queue',
		'refused: cap': ({ context }) => context.mark === 'refused_cap',
		'refused: budget': ({ context }) => context.mark === 'refused_budget',
		'refused: quota': ({ context }) => context.mark === 'refused_quota',
		aborted: ({ context }) => context.aborted,
		'merge queue': ({ context }) => context.mergeQueue,
		silent: ({ context }) => context.unheard >= STALE_MINUTES,
		success: ({ event }) => event.type === 'FINISH' && event.details.status === 'success',
		older: ({ context, event }) =>
			(event.type === 'USER_RESTARTS' || event.type === 'USER_ASKS') &&
			event.execution < context.execution,
		'no secret, or wrong host secret': ({ event }) =>
			event.type === 'FORGED' && (event.guess === 'none' || event.guess === 'host-secret'),
		'other host, long after the end': ({ context, event }) =>
			event.type === 'FORGED' &&
			event.guess === 'other-host' &&
			context.details !== null &&
			!context.ended.some((past) => past.execution === context.execution),
	},
}).createMachine({
	id: 'task',
	context: ({ input }) => ({
		...input,
		execution: 0,
		startedBy: { by: 'schedule' },
		host: null,
		aborted: false,
		mark: 'none',
		details: null,
		remarks: null,
		unheard: 0,
		ended: [],
	}),
	initial: 'undispatched',
	on: {
		START: [
			{ guard: 'lately ended', actions: answer('refused_not_running', 409) },
			{ actions: answer('refused_credentials', 401) },
		],
		BEAT: [
			{ guard: 'lately ended', actions: answer('refused_not_running', 409) },
			{ actions: answer('refused_credentials', 401) },
		],
		MARK: [
			{ guard: 'lately ended', actions: answer('refused_not_running', 400) },
			{ actions: answer('refused_credentials', 401) },
		],
		END: [
			{ guard: 'lately ended', actions: answer('already_ended', 200) },
			{ actions: answer('refused_credentials', 401) },
		],
		FORGED: [
			{
				guard: 'no secret, or wrong host secret',
				actions: answer('refused_credentials', 401),
			},
			{ guard: 'other host, long after the end', actions: answer('refused_credentials', 401) },
			{ actions: answer('refused_credentials', 409) },
		],
		USER_ABORTS: { actions: answer('refused_not_running', 400) },
		USER_RESTARTS: [
			{ guard: 'older', actions: answer('older', 200) },
			{ guard: 'merge queue', actions: answer('refused_merge_queue', 400) },
			{
				actions: {
					type: 'signal',
					params: (given) =>
						self({ type: 'RESTART_FOR_USER', failedOnly: given.event.failedOnly })(given),
				},
			},
		],
		USER_ASKS: [
			{ guard: 'older', actions: answer('older', 200) },
			{ guard: 'merge queue', actions: answer('refused_merge_queue', 400) },
			{ actions: { type: 'signal', params: toUnit(asked) } },
		],
		RESTART_FOR_USER: { actions: answer('refused_not_finished', 400) },
		POLICY: {
			actions: assign({ repaired: ({ event }) => event.policy.restart_system_failed }),
		},
		MINUTES: { actions: 'age secrets' },
	},
	states: {
		undispatched: {
			on: {
				DISPATCH: {
					target: 'inProgress',
					actions: [
						assign({ host: ({ event }) => event.host }),
						{ type: 'record', params: { entry: { what: 'dispatched' } } },
						{ type: 'signal', params: member('DISPATCHED') },
						{ type: 'answer', params: given },
					],
				},
			},
		},
		inProgress: {
			initial: 'dispatched',
			exit: [
				{ type: 'record', params: { entry: { what: 'ended' } } },
				{ type: 'signal', params: freeHost },
			],
			on: {
				BEAT: [
					{ guard: 'live, aborted', actions: ['hear', answer('abort', 200)] },
					{ guard: 'live', actions: ['hear', answer('ok', 200)] },
				],
				MARK: { guard: 'live', actions: { type: 'signal', params: self({ type: 'DECIDE' }) } },
				DECIDE: [
					{ guard: 'granted', actions: answer('already_granted', 200) },
					{ guard: 'withdrawn', actions: answer('ignored_aborted', 200) },
					{ guard: 'refused: merge queue', actions: answer('refused_merge_queue', 400) },
					{ guard: 'refused: cap', actions: answer('refused_cap', 400) },
					{ guard: 'refused: budget', actions: answer('refused_budget', 400) },
					{ guard: 'refused: quota', actions: answer('refused_quota', 429) },
					{ guard: 'aborted', actions: answer('ignored_aborted', 200) },
					{ guard: 'merge queue', actions: refuse('refused_merge_queue', 400) },
					{ actions: { type: 'signal', params: member('JOIN') } },
				],
				GRANTED: {
					actions: [{ type: 'decide', params: { mark: 'granted' } }, answer('granted', 200)],
				},
				REFUSED: {
					actions: [
						{ type: 'decide', params: ({ event }) => ({ mark: event.mark }) },
						{
							type: 'answer',
							params: ({ event }) => ({
								outcome: event.mark,
								status: event.mark === 'refused_quota' ? 429 : 400,
								execution: null,
							}),
						},
					],
				},
				USER_ABORTS: {
					actions: [
						{ type: 'signal', params: self({ type: 'ABORT' }) },
						{
							type: 'signal',
							params: toUnit(({ context }) => ({ type: 'CANCEL', tasks: [context.task] })),
						},
						answer('ok', 200),
					],
				},
				ABORT: [
					{
						guard: 'granted',
						actions: [
							assign({ aborted: true, mark: 'withdrawn' }),
							{ type: 'signal', params: member('WITHDRAWN') },
						],
					},
					{ actions: assign({ aborted: true }) },
				],
				END: {
					guard: 'live',
					actions: [
						answer('ok', 200),
						{
							type: 'signal',
							params: ({ context, event }): SignalTo => ({
								to: 'task',
								task: context.task,
								signal: {
									type: 'FINISH',
									details: event.details,
									remarks: event.remarks,
									unheard: false,
								},
							}),
						},
					],
				},
				MONITOR: {
					guard: 'silent',
					actions: {
						type: 'signal',
						params: self({ type: 'FINISH', details: UNHEARD, unheard: true }),
					},
				},
				FINISH: [
					{
						guard: 'aborted',
						target: 'ended.failed',
						actions: ['note end', { type: 'signal', params: finished('failed') }],
					},
					{
						guard: 'success',
						target: 'ended.success',
						actions: ['note end', { type: 'signal', params: finished('success') }],
					},
					{
						guard: 'merge queue',
						target: 'ended.failed',
						actions: [
							'note end',
							{ type: 'signal', params: finished('failed') },
							{ type: 'signal', params: versionFailed },
						],
					},
					{
						target: 'ended.failed',
						actions: ['note end', { type: 'signal', params: finished('failed') }],
					},
				],
				MINUTES: { actions: ['age secrets', 'hear nothing'] },
			},
			states: {
				dispatched: {
					on: {
						RESEND: { actions: { type: 'answer', params: given } },
						START: {
							guard: 'live',
							target: 'started',
							actions: ['hear', answer('ok', 200)],
						},
					},
				},
				started: {
					on: {
						RESEND: { actions: answer('nothing', 200) },
						START: { guard: 'live', actions: ['hear', answer('ok', 200)] },
					},
				},
			},
		},
		ended: {
			initial: 'failed',
			on: {
				USER_ABORTS: {
					actions: {
						type: 'signal',
						params: toUnit(({ context }) => ({ type: 'TAKE_BACK', tasks: [context.task] })),
					},
				},
				RESTART_FOR_USER: {
					actions: {
						type: 'signal',
						params: toUnit(({ event }) => ({
							type: 'RESTART_FOR_USER',
							failedOnly: 'failedOnly' in event && event.failedOnly,
						})),
					},
				},
				RENEW: {
					target: 'undispatched',
					actions: [
						{ type: 'record', params: archive },
						{ type: 'begin anew', params: ({ event }) => ({ startedBy: event.startedBy }) },
					],
				},
			},
			states: { success: {}, failed: {} },
		},
	},
});
