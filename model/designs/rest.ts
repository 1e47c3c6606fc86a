import { createBlockMachine } from '../machines/block.ts';
import { taskMachine } from '../machines/task.ts';
import { agentForOthers } from './silent-agent.ts';
import type { DesignVariant } from './variant.ts';

/**
 * Option 1: the script of a flagged command that fails by itself calls a REST endpoint with a
 * service user's key, waits for the answer, and then exits non-zero. It cannot see whether its block
 * can fail the task, so it asks in any block. A key does not age with an execution: a request for an
 * earlier one is always told that it does not run.
 */
export const rest: DesignVariant = {
	machines: {
		agent: agentForOthers,
		block: createBlockMachine({
			onFailed: {
				guard: 'flagged, its script lives',
				target: 'asking',
				actions: [
					'note exit',
					{ type: 'signal', params: { to: 'agent', signal: { type: 'MARK_WANTED' } } },
				],
			},
			onAnswered: {
				target: 'running',
				actions: [
					{
						type: 'signal',
						params: { to: 'block', signal: { type: 'FAILED', scriptLives: false } },
					},
				],
			},
		}),
		task: taskMachine.provide({
			guards: {
				'lately ended': ({ context, event }) =>
					event.type === 'MARK' ||
					('execution' in event &&
						context.ended.some((past) => past.execution === event.execution)),
			},
		}),
	},
	asksBefore: false,
};
