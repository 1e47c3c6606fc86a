import { mkdirSync, writeFileSync } from 'node:fs';
import { diagram } from './diagram.ts';
import { machines } from './index.ts';

// `npm run diagrams`: draws each machine anew.
const folder = new URL('../../docs/machines/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, machine] of Object.entries(machines))
	writeFileSync(new URL(`${name}.md`, folder), diagram(name, machine));
