import { designOf, type Setup } from '../vocabulary/setup.ts';
import { LISTED } from './designs-listed.ts';
import type { DesignVariant } from './variant.ts';

/** The variant of the model for the design of a setup. */
export const variantOf = (setup: Pick<Setup, 'design'>): DesignVariant => LISTED[designOf(setup)];
