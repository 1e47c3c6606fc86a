import { setup } from 'xstate';
import { isRefusal } from '../vocabulary/message.ts';
import { type HeartbeatSignal, type SignalTo, utterances } from './signals.ts';

const beat = ({ event }: { event: HeartbeatSignal }) => ({
	lane: 'heartbeat' as const,
	call:
		event.type === 'BEAT'
			? { route: 'heartbeat' as const, task: event.task, execution: event.execution }
			: { route: 'next' as const },
});

const heard = ({ event }: { event: HeartbeatSignal }): SignalTo => ({
	to: 'agent',
	signal:
		event.type === 'REPLY' && isRefusal(event.outcome)
			? { type: 'LOST' }
			: { type: 'HEARD', abort: event.type === 'REPLY' && event.outcome === 'abort' },
});

/**
 * The agent's heartbeat, on a connection of its own beside the call in hand. A beat closes the one
 * before it. The answer may carry an abort; a refusal says that the execution is no longer the
 * agent's, which then stops at once (S5).
 */
export const heartbeatMachine = setup({
	types: { events: {} as HeartbeatSignal },
	actions: utterances,
}).createMachine({
	id: 'heartbeat',
	initial: 'quiet',
	states: {
		quiet: {
			on: { BEAT: { target: 'waiting', actions: { type: 'send', params: beat } } },
		},
		waiting: {
			on: {
				BEAT: {
					target: 'waiting',
					reenter: true,
					actions: { type: 'send', params: beat },
				},
				REPLY: { target: 'quiet', actions: { type: 'signal', params: heard } },
				CLOSE: 'quiet',
			},
			exit: { type: 'hangUp', params: { lane: 'heartbeat' } },
		},
	},
});
