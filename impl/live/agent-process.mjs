// A process of its own has yet to learn to read TypeScript. The build puts `agent-process.ts` in this place.
import '../../sources.mjs';

await import('./agent-process.ts');
