// Lets Node read the TypeScript sources in place, without a build: what a checkout's starters import first.
// How they are read does not depend on the folder in which mulligan is run.
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';

register({ tsconfig: fileURLToPath(new URL('tsconfig.json', import.meta.url)) });
