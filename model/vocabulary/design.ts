import { z } from 'zod';

/**
 * The four options of the decision record, by how a mark can reach the app server:
 *
 * 1. `rest`: a script calls a REST endpoint with a service user's key;
 * 2. `local-api`: a process tells the agent's local status API, which forwards it with the end;
 * 3. `auto-retry`: an agent command asks for it where it stands in the list;
 * 4. `flag`: the agent asks when a command that carries the flag has failed.
 */
export const Design = z.enum(['rest', 'local-api', 'auto-retry', 'flag']);
export type Design = z.infer<typeof Design>;
