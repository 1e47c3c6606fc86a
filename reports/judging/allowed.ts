import type { Doubt, DoubtId } from '../evidence/doubt.ts';
import type { Verdict } from '../evidence/verdict.ts';

/** What decides whether a run passes: its verdict, and where that is unknown, whether its reasons are lived with. */
export interface Answer {
	readonly verdict: Verdict;
	readonly reasons: readonly Doubt[];
	/** Reasons of `unknown` that whoever ran it decided to live with. */
	readonly allowed: readonly DoubtId[];
}

/**
 * Whether nothing but reasons to live with makes the verdict unknown. That a part of a run decides nothing alone is no
 * failure: the others may have found something, and `merge` says so.
 */
export const isLivedWith = ({ verdict, reasons, allowed }: Answer): boolean =>
	verdict === 'unknown' &&
	reasons.length > 0 &&
	reasons.every(({ id }) => id === 'part' || allowed.includes(id));

/** Which reasons are allowed, and where that does not suffice, which are not; null: none of them is. */
export function sayAllowed({ verdict, reasons, allowed }: Answer): string | null {
	if (verdict !== 'unknown') return null;
	const ids = [...new Set(reasons.map(({ id }) => id))].filter((id) => id !== 'part');
	const lived = ids.filter((id) => allowed.includes(id));
	const others = ids.filter((id) => !allowed.includes(id));
	if (lived.length === 0) return null;
	return `allowed: ${lived.join(', ')}${others.length === 0 ? '' : `; not allowed: ${others.join(', ')}`}`;
}
