import type { Policy } from '../../model/vocabulary/setup.ts';

/** Restarts without end: every cycle is granted its mark. */
export const UNLIMITED: Policy = {
	max_automatic_restarts: 1_000_000,
	daily_limit: 1_000_000,
	execution_cap: 1_000_000,
	call_attempts: 10,
};
