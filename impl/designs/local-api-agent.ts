import type { AgentVariant } from '../agent/variant.ts';

/**
 * Option 2: a flagged command's script posts a retryable failure to the agent's local API, as any
 * process on the host may; the agent forwards what was posted last when it ends the task.
 */
export const localApiAgent: AgentVariant = {
	agentAsks: false,
	mark: (requests, work) => requests.mark(work),
	scriptFails: async (script) => {
		script.post({ status: 'failed', should_continue: false, retryable: true });
		return 'done';
	},
};
