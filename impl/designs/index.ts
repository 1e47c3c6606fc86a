import type { Design } from '../../model/vocabulary/design.ts';
import type { AgentWay } from '../agent/agent-way.ts';
import type { ServerWay } from '../server/context.ts';
import { autoRetryAgent } from './auto-retry-agent.ts';
import { flagAgent } from './flag-agent.ts';
import { flagServer } from './flag-server.ts';
import { localApiAgent } from './local-api-agent.ts';
import { localApiServer } from './local-api-server.ts';
import { restAgent } from './rest-agent.ts';
import { restServer } from './rest-server.ts';

/** Both ends of the way that a request for a restart takes. */
export interface Way {
	readonly agent: AgentWay;
	readonly server: ServerWay;
}

/** The way of a design; `key` is the service user's, which only one of them needs. */
export function wayOf(design: Design, key: string): Way {
	switch (design) {
		case 'rest':
			return { agent: restAgent(key), server: restServer(key) };
		case 'local-api':
			return { agent: localApiAgent, server: localApiServer };
		case 'auto-retry':
			return { agent: autoRetryAgent, server: flagServer };
		case 'flag':
			return { agent: flagAgent, server: flagServer };
	}
}
