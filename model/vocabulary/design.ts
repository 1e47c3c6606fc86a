import { z } from 'zod';

/** The options of the decision record, in its order, by how a mark can reach the app server (`model/catalogue/`). */
export const Design = z.enum(['rest', 'local-api', 'auto-retry', 'flag']);
export type Design = z.infer<typeof Design>;
