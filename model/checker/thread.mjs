// Threads do not inherit what lets the main thread read TypeScript.
import { register } from 'tsx/esm/api';

register();
await import('./thread.ts');
