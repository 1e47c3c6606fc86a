#!/usr/bin/env node
// Starts the TypeScript sources in place: they need no build.
import { register } from 'tsx/esm/api';

register();
const { main } = await import('./main.ts');
await main(process.argv.slice(2));
