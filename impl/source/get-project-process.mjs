// A process of its own has yet to learn to read TypeScript. The build puts `get-project-process.ts` in this place.
import { start } from '../../start.mjs';

await start(new URL('./get-project-process.ts', import.meta.url));
