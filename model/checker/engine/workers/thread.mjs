// Threads do not inherit what lets the main thread read TypeScript. The build puts `thread.ts` in this place.
import '../../../../sources.mjs';

await import('./thread.ts');
