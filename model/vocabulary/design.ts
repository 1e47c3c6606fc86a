import { z } from 'zod';
import { LISTED } from './designs-listed.ts';

/** How a mark reaches the app server: what anybody can try under a design follows from it. */
export interface Entrance {
	/** What proves to the server that a mark may be asked for. */
	readonly proof: 'secrets' | 'service-key';
	/** Whether an end carries a request for a restart, decided in the end's own transaction; there is no other request then. */
	readonly forwards: boolean;
}

/** The options of the decision record, in its order. What else there is to know of each: `model/catalogue/`. */
export const ENTRANCES: Readonly<Record<Design, Entrance>> = LISTED;

export type Design = keyof typeof LISTED;
export const Design = z.enum(Object.keys(LISTED) as Design[]);
