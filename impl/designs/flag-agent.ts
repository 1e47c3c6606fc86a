import type { AgentWay } from '../agent/agent-way.ts';

/** Option 4: the agent asks, after a command that carries the flag has made the task fail. */
export const flagAgent: AgentWay = {
	agentAsks: true,
	mark: (requests, work) => requests.mark(work),
};
