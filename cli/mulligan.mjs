#!/usr/bin/env node
// Starts the TypeScript sources in place: they need no build.
import { register } from 'tsx/esm/api';

register();
await import('./main.ts');
