import { assign, setup } from 'xstate';
import { type Call, type CallSignal, type SignalTo, utterances } from './signals.ts';

interface CallContext {
	/** How often a call is sent at the most. */
	attempts: number;
	call: Call | null;
	sent: number;
}

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
	actions: { ...utterances, clear: assign({ call: null, sent: 0 }) },
	guards: { 'attempts left': ({ context }) => context.sent < context.attempts },
}).createMachine({
	id: 'call',
	context: ({ input }) => ({ attempts: input.attempts, call: null, sent: 0 }),
	initial: 'quiet',
	states: {
		quiet: {
			on: {
				SEND: {
					target: 'waiting',
					actions: [
						assign(({ event }) => ({ call: event.call, sent: 1 })),
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
