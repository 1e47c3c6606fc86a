// Threads do not inherit what lets the main thread read TypeScript. The build puts `thread.ts` in this place.
import { start } from '../../../../start.mjs';

await start(new URL('./thread.ts', import.meta.url));
