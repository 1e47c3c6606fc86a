import type { Design } from '../vocabulary/design.ts';
import { autoRetry } from './auto-retry.ts';
import { flag } from './flag.ts';
import { localApi } from './local-api.ts';
import { rest } from './rest.ts';
import type { DesignVariant } from './variant.ts';

/** Made of the files of the designs: `npm run schemas`. */
export const LISTED: Readonly<Record<Design, DesignVariant>> = {
	rest,
	'local-api': localApi,
	'auto-retry': autoRetry,
	flag,
};
