import type { Overrides } from '../machines/index.ts';

/**
 * A design as a variant of the model: the machines that differ, and the few facts that the
 * composition has to know. What no design changes stands in `model/machines/` once.
 */
export interface DesignVariant {
	readonly machines: Overrides;
	/** Whether a command that asks for a restart stands before each flagged one. */
	readonly asksBefore: boolean;
	/** What proves to the server that a mark may be asked for. */
	readonly proof: 'secrets' | 'service-key';
	/** Whether an end carries a request for a restart, decided in the end's own transaction. */
	readonly forwards: boolean;
}
