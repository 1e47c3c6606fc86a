import type { DesignVariant } from './variant.ts';

/** Option 4, the one that was chosen: the machines as they are. */
export const flag: DesignVariant = {
	machines: {},
	asksBefore: false,
};
