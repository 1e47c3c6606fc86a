import { createBlockMachine } from '../machines/block.ts';
import { silentAgent } from './silent-agent.ts';
import type { DesignVariant } from './variant.ts';

/**
 * Option 2: the script of a flagged command that fails by itself posts a failed, retryable end status
 * to the agent's local API, and then exits non-zero. So can any other process on the host. The agent
 * forwards what was posted last with the end; there is no other request for a mark.
 */
export const localApi: DesignVariant = {
	machines: {
		agent: silentAgent,
		block: createBlockMachine({
			onFailed: {
				guard: 'flagged, its script lives',
				actions: [
					'note exit',
					{
						type: 'signal',
						params: {
							to: 'block',
							signal: {
								type: 'STATUS_POSTED',
								posted: { status: 'failed', should_continue: false, retryable: true },
							},
						},
					},
					{
						type: 'signal',
						params: { to: 'block', signal: { type: 'FAILED', scriptLives: false } },
					},
				],
			},
		}),
	},
	asksBefore: false,
};
