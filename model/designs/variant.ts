import type { Overrides } from '../machines/index.ts';

/**
 * A design as a variant of the model: the machines that differ, and the few facts that the
 * composition has to know. What no design changes stands in `model/machines/` once.
 */
export interface DesignVariant {
	readonly machines: Overrides;
	/** Whether a command that asks for a restart stands before each flagged one. */
	readonly asksBefore: boolean;
}
