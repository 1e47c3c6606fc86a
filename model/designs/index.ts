import type { Design } from '../vocabulary/design.ts';
import { designOf, type Setup } from '../vocabulary/setup.ts';
import { autoRetry } from './auto-retry.ts';
import { flag } from './flag.ts';
import { localApi } from './local-api.ts';
import { rest } from './rest.ts';
import type { DesignVariant } from './variant.ts';

const designs: Readonly<Record<Design, DesignVariant>> = {
	rest,
	'local-api': localApi,
	'auto-retry': autoRetry,
	flag,
};

/** The variant of the model for the design of a setup. */
export const variantOf = (setup: Pick<Setup, 'design'>): DesignVariant => designs[designOf(setup)];
