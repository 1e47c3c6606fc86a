// A process of its own has yet to learn to read TypeScript. The build puts `server-process.ts` in this place.
import { start } from '../../start.mjs';

await start(new URL('./server-process.ts', import.meta.url));
