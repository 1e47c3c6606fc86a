import type { Rules } from '../../impl/server/rules.ts';
import { Policy } from '../../model/vocabulary/setup.ts';

/** Restarts without end: every cycle is granted its mark. The policy is read all the same, as what that costs is measured too. */
export const UNLIMITED: { readonly policy: Policy; readonly rules: Partial<Rules> } = {
	policy: Policy.parse({}),
	rules: { isAtCap: () => false, isBudgetSpent: () => false, isQuotaSpent: () => false },
};
