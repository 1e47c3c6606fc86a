import { join } from 'node:path';
import { buildInto, declareInto } from './build.ts';

// `npm run build`, which `npm pack` begins with.
const dist = join(import.meta.dirname, '../dist');
await buildInto(dist);
declareInto(join(dist, 'types'));
