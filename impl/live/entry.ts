import { fileURLToPath } from 'node:url';

/** The processes of a live trial. */
export type Entry = 'server-process' | 'agent-process';

/** What Node is to run for it: in a checkout a file that starts the source, in the package what was built of it. */
export const entryFile = (entry: Entry): string =>
	fileURLToPath(new URL(`./${entry}.mjs`, import.meta.url));
