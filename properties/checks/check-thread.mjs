// Threads do not inherit what lets the main thread read TypeScript. The build puts `check-thread.ts` in this place.
import { start } from '../../start.mjs';

await start(new URL('./check-thread.ts', import.meta.url));
