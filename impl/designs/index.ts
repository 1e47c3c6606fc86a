import type { Design } from '../../model/vocabulary/design.ts';
import type { AgentVariant } from '../agent/variant.ts';
import type { ServerVariant } from '../server/context.ts';
import { autoRetryAgent } from './auto-retry-agent.ts';
import { flagAgent } from './flag-agent.ts';
import { flagServer } from './flag-server.ts';
import { localApiAgent } from './local-api-agent.ts';
import { localApiServer } from './local-api-server.ts';
import { restAgent } from './rest-agent.ts';
import { restServer } from './rest-server.ts';

/** A design as a variant of the reference: both ends of a request for a restart. */
export interface ReferenceVariant {
	readonly agent: AgentVariant;
	readonly server: ServerVariant;
}

const variants: Readonly<Record<Design, (key: string) => ReferenceVariant>> = {
	rest: (key) => ({ agent: restAgent(key), server: restServer(key) }),
	'local-api': () => ({ agent: localApiAgent, server: localApiServer }),
	'auto-retry': () => ({ agent: autoRetryAgent, server: flagServer }),
	flag: () => ({ agent: flagAgent, server: flagServer }),
};

/** The variant of a design; `key` is the service user's, which only one of them needs. */
export const referenceVariantOf = (design: Design, key: string): ReferenceVariant =>
	variants[design](key);
