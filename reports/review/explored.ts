import type { ConfigurationEvidence } from '../evidence/check-evidence.ts';
import { listed, plural } from '../wording/figures.ts';

/** How far the checker came. */
export interface Explored {
	/** Configurations that were gone through to their end, and their states. */
	readonly whole: readonly string[];
	readonly states: number;
	/** Those that were not, and how many of their states were looked at. */
	readonly others: readonly string[];
	readonly states_of_others: number;
}

export function exploredOf(checks: readonly ConfigurationEvidence[]): Explored {
	const whole = checks.filter(({ ending }) => ending === 'complete');
	const others = checks.filter(({ ending }) => ending !== 'complete');
	const names = (some: readonly ConfigurationEvidence[]) =>
		some.map(({ configuration }) => configuration);
	const states = (some: readonly ConfigurationEvidence[]) =>
		some.reduce((sum, check) => sum + check.states, 0);
	return {
		whole: names(whole),
		states: states(whole),
		others: names(others),
		states_of_others: states(others),
	};
}

/** The same in half a sentence. */
export function sayExplored({ whole, states, others, states_of_others }: Explored): string {
	const all =
		whole.length === 0
			? []
			: [
					`all ${plural(states, 'state')} of ${plural(whole.length, 'small configuration')} of the model were gone through`,
				];
	const part =
		others.length === 0
			? []
			: [
					`${plural(others.length, `${whole.length === 0 ? '' : 'further '}small configuration`)} of the model ${others.length === 1 ? 'was' : 'were'} not gone through to the end, with ${states_of_others === 0 ? 'no state' : plural(states_of_others, 'state')} looked at`,
				];
	return all.length + part.length === 0
		? 'nothing was gone through exhaustively'
		: listed([...all, ...part]);
}
