import { createBlockMachine, fetchNext } from '../machines/block.ts';
import { agentForOthers } from './silent-agent.ts';
import type { DesignVariant } from './variant.ts';

/**
 * Option 3: a command of the agent, placed before each flagged one where a failure can fail the task,
 * asks that the task be restarted if it fails. Placed after, it would never run when it matters; in
 * post, it could not tell which command had failed. The mark stands until the end, whatever fails by
 * then; success gives it back.
 */
export const autoRetry: DesignVariant = {
	machines: {
		agent: agentForOthers,
		block: createBlockMachine({
			onAutoRetry: {
				target: 'asking',
				actions: [{ type: 'signal', params: { to: 'agent', signal: { type: 'MARK_WANTED' } } }],
			},
			onAnswered: {
				target: 'fetching',
				actions: ['next', { type: 'fetch', params: fetchNext }],
			},
		}),
	},
	asksBefore: true,
};
