import type { Guarantee, Moment } from '../../model/guarantees/guarantee.ts';
import { guarantees } from '../../model/guarantees/index.ts';
import { inOrder } from '../../model/guarantees/overlap.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';

/** What a judge has seen until now. */
export interface Judged {
	readonly guarantee: Guarantee;
	readonly memory: unknown;
	/** Events at which it was put to the test. */
	readonly exercised: number;
	/** Null, or what was promised and seen instead. */
	readonly broken: string | null;
}

export const begin = (
	setup: Setup,
	first: Observation,
	judges: readonly Guarantee[] = guarantees,
): readonly Judged[] =>
	judges.map((guarantee) => ({
		guarantee,
		memory: guarantee.begin(setup, first),
		exercised: 0,
		broken: null,
	}));

/** What the judges have seen after one event more. What is broken stays broken. */
export function judge(before: readonly Judged[], happened: Moment): readonly Judged[] {
	const moment = inOrder(happened);
	return before.map((one) => {
		if (one.broken !== null) return one;
		const ruling = one.guarantee.step(one.memory, moment);
		if (ruling === null) return one;
		return {
			guarantee: one.guarantee,
			memory: ruling.memory,
			exercised: one.exercised + (ruling.exercised ? 1 : 0),
			broken: ruling.broken,
		};
	});
}

/** Its name as words; files have hyphens. */
export const inWords = ({ name }: Pick<Guarantee, 'name'>): string => name.replaceAll('-', ' ');

/** How it stands with a promise: never at stake, at stake and kept, something still owed, broken. */
export type Light = 'untouched' | 'tested' | 'owed' | 'broken';

export interface Lit {
	readonly id: string;
	readonly name: string;
	readonly statement: string;
	readonly light: Light;
	/** Of what is owed or broken. */
	readonly sentence: string | null;
}

/**
 * The light of each promise.
 *
 * @param settled nothing fair happens any more: whatever is still owed is broken.
 */
export const lightsOf = (
	judged: readonly Judged[],
	setup: Setup,
	seen: Observation,
	settled: boolean,
): readonly Lit[] =>
	judged.map(({ guarantee, memory, exercised, broken }) => {
		const { id, statement } = guarantee;
		const name = inWords(guarantee);
		const owed = broken === null ? (guarantee.owed?.(memory, setup, seen) ?? null) : null;
		const light: Light =
			broken !== null || (owed !== null && settled)
				? 'broken'
				: owed !== null
					? 'owed'
					: exercised > 0
						? 'tested'
						: 'untouched';
		return { id, name, statement, light, sentence: broken ?? owed };
	});

export const isOwing = (judged: readonly Judged[], setup: Setup, seen: Observation): boolean =>
	judged.some(
		({ guarantee, memory, broken }) =>
			broken === null && guarantee.owed != null && guarantee.owed(memory, setup, seen) !== null,
	);
