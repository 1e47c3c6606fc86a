import { WITNESSES } from '../../model/guarantees/situations.ts';
import type { ConfigurationEvidence } from '../evidence/check-evidence.ts';

/** The halves of guarantees, by name: those that some configuration put to the test, and those that none did. */
export interface Halves {
	readonly reached: readonly string[];
	/** Nothing is known of these: what holds of their guarantees was never tried on them. */
	readonly never: readonly string[];
}

/** Of checks that were counted; null, where none was. */
export function halvesOf(checks: readonly Pick<ConfigurationEvidence, 'reached'>[]): Halves | null {
	const counted = checks.flatMap(({ reached }) => (reached === null ? [] : [reached]));
	if (counted.length === 0) return null;
	const met = new Set(counted.flat());
	const names = WITNESSES.map(({ name }) => name);
	return {
		reached: names.filter((name) => met.has(name)),
		never: names.filter((name) => !met.has(name)),
	};
}

/** The halves of a guarantee that none of the checks put to the test. */
export const neverOf = (
	guarantee: string,
	checks: readonly Pick<ConfigurationEvidence, 'reached'>[],
): string[] => {
	const { never = [] } = halvesOf(checks) ?? {};
	return WITNESSES.filter((one) => one.guarantee === guarantee && never.includes(one.name)).map(
		({ name }) => name,
	);
};
