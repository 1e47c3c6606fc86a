// A process of its own has yet to learn to read TypeScript. The build puts `server-process.ts` in this place.
import '../../sources.mjs';

await import('./server-process.ts');
