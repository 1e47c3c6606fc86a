import type { AgentVariant } from '../agent/variant.ts';

/** Option 4: the agent asks, after a command that carries the flag has made the task fail. */
export const flagAgent: AgentVariant = {
	agentAsks: true,
	mark: (requests, work) => requests.mark(work),
};
