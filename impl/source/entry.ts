import { fileURLToPath } from 'node:url';

/** What Node is to run to get a project: in a checkout a file that starts the source, in the package what was built of it. */
export const entryFile = (): string =>
	fileURLToPath(new URL('./get-project-process.mjs', import.meta.url));
