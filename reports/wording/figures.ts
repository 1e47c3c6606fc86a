import { grouped, plural } from '../../model/vocabulary/plural.ts';
import type { Estimate } from '../evidence/simulation-evidence.ts';

export { grouped, plural };

export const percent = (share: number, digits = 1): string => `${(share * 100).toFixed(digits)} %`;

/** A number that somebody chose: whole ones as they are, others to three digits. */
export const figure = (value: number): string =>
	Number.isInteger(value) ? grouped(value) : String(Number(value.toPrecision(3)));

/** A mean with its interval. */
export const between = (
	{ mean, low, high }: Estimate,
	say: (value: number) => string = (value) => value.toFixed(2),
): string => `${say(mean)} (95 %: ${say(low)} to ${say(high)})`;

/** Whether nothing is known of a share, as there was nothing to take a share of. */
export const isOfNothing = ({ mean, low, high }: Estimate): boolean =>
	mean === 0 && low === 0 && high === 1;

/** A share with its interval. */
export const shareBetween = (share: Estimate, digits = 1): string =>
	isOfNothing(share)
		? 'not known (there was none)'
		: between(share, (value) => percent(value, digits));

/** Names as a sentence has them: a, b and c. */
export function listed(names: readonly string[]): string {
	const last = names.at(-1) ?? '';
	return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
