// Threads do not inherit what lets the main thread read TypeScript. The build puts `fuzz-thread.ts` in this place.
import { start } from '../../start.mjs';

await start(new URL('./fuzz-thread.ts', import.meta.url));
