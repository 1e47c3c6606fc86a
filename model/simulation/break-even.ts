/** What the flag does to a task on average, at some share of transient failures. */
export interface Effect {
	readonly transient_share: number;
	/** Red tasks avoided, and machine hours added, a task. */
	readonly avoided: number;
	readonly hours: number;
}

/** What is saved by a red task less, beside what a machine costs. */
export interface Price {
	/** Minutes that a person spends on a red task. */
	readonly triage_minutes: number;
	/** Machine hours that cost as much as an hour of that person. */
	readonly price_ratio: number;
}

/** Machine hours that the flag saves a task; negative: it costs more than it saves. */
export const saved = ({ avoided, hours }: Omit<Effect, 'transient_share'>, price: Price): number =>
	avoided * (price.triage_minutes / 60) * price.price_ratio - hours;

/**
 * The share of transient failures from which on the flag pays, between two of `effects` (in rising order of the share)
 * on a straight line. Null: it pays nowhere.
 */
export function breakEven(effects: readonly Effect[], price: Price): number | null {
	let before: { readonly share: number; readonly gain: number } | null = null;
	for (const effect of effects) {
		const share = effect.transient_share;
		const gain = saved(effect, price);
		if (gain > 0) {
			if (before === null) return share;
			return before.share + ((share - before.share) * -before.gain) / (gain - before.gain);
		}
		before = { share, gain };
	}
	return null;
}
