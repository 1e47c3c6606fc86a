import { z } from 'zod';
import { autoRetry } from './designs/auto-retry.ts';
import type { DesignEntry } from './designs/entry.ts';
import { flag } from './designs/flag.ts';
import { localApi } from './designs/local-api.ts';
import { rest } from './designs/rest.ts';

const ENTRIES = { rest, 'local-api': localApi, 'auto-retry': autoRetry, flag } as const;

/** The options of the decision record, by how a mark can reach the app server. */
export const Design = z.enum(Object.keys(ENTRIES) as (keyof typeof ENTRIES)[]);
export type Design = z.infer<typeof Design>;

/** The catalogue of the designs, in the order of the decision record. */
export const DESIGNS: Readonly<Record<Design, DesignEntry>> = ENTRIES;
