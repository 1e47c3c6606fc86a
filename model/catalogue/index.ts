import type { Design } from '../vocabulary/design.ts';
import { autoRetry } from './auto-retry.ts';
import type { DesignEntry } from './entry.ts';
import { flag } from './flag.ts';
import { localApi } from './local-api.ts';
import { rest } from './rest.ts';

/** What is known of each design, in the order of the decision record. */
export const DESIGNS: Readonly<Record<Design, DesignEntry>> = {
	rest,
	'local-api': localApi,
	'auto-retry': autoRetry,
	flag,
};
