import { assign, setup } from 'xstate';
import { minutesOf } from '../vocabulary/setup.ts';
import { type Call, type CallSignal, type SignalTo, utterances } from './signals.ts';

interface CallContext {
	/** How often a call is sent at the most. */
	attempts: number;
	call: Call | null;
	sent: number;
	/** Minutes since the call began. */
	waited: number;
}

/** The longest that a call may take: *M* for a mark. */
const limitOf = (call: Call | null): number =>
	minutesOf(call?.route === 'mark' ? 'mark_deadline_s' : 'call_deadline_s');

const waitedThen = (context: CallContext, event: CallSignal): number =>
	context.waited + (event.type === 'MINUTES' ? event.minutes : 0);

const request = ({ context }: { context: CallContext }) => ({
	lane: 'call' as const,
	call: context.call ?? { route: 'next' as const },
});

/** What the agent hears of an answer; a start that is refused is as good as given up. */
const answered = ({ event }: { event: CallSignal }, route: Call['route']): SignalTo => ({
	to: 'agent',
	signal:
		event.type !== 'REPLY' || (route === 'start' && event.outcome !== 'ok')
			? { type: 'GAVE_UP' }
			: event,
});

const GAVE_UP: SignalTo = { to: 'agent', signal: { type: 'GAVE_UP' } };

/**
 * The agent's call to the app server: sent, sent again when an attempt is over, given up after a
 * bounded number of attempts. The first answer is the answer, whatever it says: a 4xx is never
 * sent again (S14). Leaving the wait closes the connection.
 */
export const callMachine = setup({
	types: {
		context: {} as CallContext,
		events: {} as CallSignal,
		input: {} as { attempts: number },
	},
	actions: { ...utterances, clear: assign({ call: null, sent: 0, waited: 0 }) },
	guards: {
		'attempts left': ({ context }) => context.sent < context.attempts,
		overdue: ({ context, event }) => waitedThen(context, event) >= limitOf(context.call),
	},
}).createMachine({
	id: 'call',
	context: ({ input }) => ({ attempts: input.attempts, call: null, sent: 0, waited: 0 }),
	initial: 'quiet',
	states: {
		quiet: {
			on: {
				SEND: {
					target: 'waiting',
					actions: [
						assign(({ event }) => ({ call: event.call, sent: 1, waited: 0 })),
						{ type: 'send', params: request },
					],
				},
			},
		},
		waiting: {
			on: {
				RETRY: [
					{
						guard: 'attempts left',
						actions: [
							assign({ sent: ({ context }) => context.sent + 1 }),
							{ type: 'hangUp', params: { lane: 'call' } },
							{ type: 'send', params: request },
						],
					},
					{ target: 'quiet', actions: ['clear', { type: 'signal', params: GAVE_UP }] },
				],
				GIVE_UP: { target: 'quiet', actions: ['clear', { type: 'signal', params: GAVE_UP }] },
				MINUTES: [
					{
						guard: 'overdue',
						target: 'quiet',
						actions: ['clear', { type: 'signal', params: GAVE_UP }],
					},
					{ actions: assign({ waited: ({ context, event }) => waitedThen(context, event) }) },
				],
				REPLY: {
					target: 'quiet',
					actions: [
						{
							type: 'signal',
							params: ({ context, event }) => answered({ event }, context.call?.route ?? 'next'),
						},
						'clear',
					],
				},
				CLOSE: { target: 'quiet', actions: 'clear' },
			},
			exit: { type: 'hangUp', params: { lane: 'call' } },
		},
	},
});
