import { z } from 'zod';

/** How a mark reaches the app server: what anybody can try under a design follows from it. */
export interface Entrance {
	/** What proves to the server that a mark may be asked for. */
	readonly proof: 'secrets' | 'service-key';
	/** Whether an end carries a request for a restart, decided in the end's own transaction; there is no other request then. */
	readonly forwards: boolean;
}

/** The options of the decision record, in its order. What else there is to know of each: `model/catalogue/`. */
export const ENTRANCES = {
	rest: { proof: 'service-key', forwards: false },
	'local-api': { proof: 'secrets', forwards: true },
	'auto-retry': { proof: 'secrets', forwards: false },
	flag: { proof: 'secrets', forwards: false },
} as const satisfies Readonly<Record<string, Entrance>>;

export type Design = keyof typeof ENTRANCES;
export const Design = z.enum(Object.keys(ENTRANCES) as Design[]);
