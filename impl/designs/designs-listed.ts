import { autoRetryAgent } from './auto-retry-agent.ts';
import { flagAgent } from './flag-agent.ts';
import { flagServer } from './flag-server.ts';
import { localApiAgent } from './local-api-agent.ts';
import { localApiServer } from './local-api-server.ts';
import { restAgent } from './rest-agent.ts';
import { restServer } from './rest-server.ts';

/** Made of the files of the designs: `npm run schemas`. */
export const LISTED = {
	rest: { agent: restAgent, server: restServer },
	'local-api': { agent: localApiAgent, server: localApiServer },
	'auto-retry': { agent: autoRetryAgent, server: flagServer },
	flag: { agent: flagAgent, server: flagServer },
};
