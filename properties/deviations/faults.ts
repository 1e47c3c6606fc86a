import type { Fault } from '../systems/fault.ts';
import { DEVIATIONS } from './index.ts';
import { SEEDED } from './seeded/index.ts';

/** All faults that are known how to build in: the real ones first. */
export const FAULTS: readonly Fault[] = [...DEVIATIONS, ...SEEDED];
