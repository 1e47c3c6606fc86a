import { setup } from 'xstate';
import { type CommandSignal, type SignalTo, utterances } from './signals.ts';

/**
 * A foreground command on a host. It runs until it ends by itself, by a time limit, or by
 * cancellation, and tells its block how. A panic counts as a failure (S4); a cancelled command
 * has not failed and says nothing. The same machine serves one command after the other.
 */
export const commandMachine = setup({
	types: { events: {} as CommandSignal },
	actions: utterances,
	guards: {
		succeeded: ({ event }) => event.type === 'ENDS' && event.outcome === 'succeeded',
		failed: ({ event }) => event.type === 'ENDS' && event.outcome === 'failed',
		panicked: ({ event }) => event.type === 'ENDS' && event.outcome === 'panicked',
		'exec limit': ({ event }) => event.type === 'ENDS' && event.outcome === 'timed-out-exec',
		'idle limit': ({ event }) => event.type === 'ENDS' && event.outcome === 'timed-out-idle',
		'block limit': ({ event }) => event.type === 'ENDS' && event.outcome === 'timed-out-block',
	},
}).createMachine({
	id: 'command',
	initial: 'waiting',
	on: { START: '.running' },
	states: {
		waiting: {},
		running: {
			on: {
				CANCEL: 'cancelled',
				ENDS: [
					{
						guard: 'succeeded',
						target: 'succeeded',
						actions: { type: 'signal', params: { to: 'block', signal: { type: 'SUCCEEDED' } } },
					},
					{
						guard: 'failed',
						target: 'failed',
						actions: {
							type: 'signal',
							params: ({ event }): SignalTo => ({
								to: 'block',
								signal: { type: 'FAILED', scriptLives: true, exit: event.exit },
							}),
						},
					},
					{
						guard: 'panicked',
						target: 'panicked',
						actions: {
							type: 'signal',
							params: { to: 'block', signal: { type: 'FAILED', scriptLives: false } },
						},
					},
					{
						guard: 'exec limit',
						target: 'timedOut',
						actions: {
							type: 'signal',
							params: { to: 'block', signal: { type: 'TIMED_OUT', limit: 'exec' } },
						},
					},
					{
						guard: 'idle limit',
						target: 'timedOut',
						actions: {
							type: 'signal',
							params: { to: 'block', signal: { type: 'TIMED_OUT', limit: 'idle' } },
						},
					},
					{
						guard: 'block limit',
						target: 'timedOut',
						actions: {
							type: 'signal',
							params: { to: 'block', signal: { type: 'TIMED_OUT', limit: 'block' } },
						},
					},
				],
			},
		},
		succeeded: {},
		failed: {},
		panicked: {},
		timedOut: {},
		cancelled: {},
	},
});
