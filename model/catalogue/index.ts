import type { Design } from '../vocabulary/design.ts';
import { autoRetry } from './auto-retry.ts';
import type { DesignEntry } from './entry.ts';
import { flag } from './flag.ts';
import { localApi } from './local-api.ts';
import { rest } from './rest.ts';

/** Made of the files of the designs: `npm run schemas`. */
export const DESIGNS: Readonly<Record<Design, DesignEntry>> = {
	rest,
	'local-api': localApi,
	'auto-retry': autoRetry,
	flag,
};
