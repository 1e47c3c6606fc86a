import type { Observation } from '../vocabulary/observation.ts';
import type { Setup } from '../vocabulary/setup.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { guarantees } from './index.ts';
import { inOrder } from './overlap.ts';
import { countNarrower, countWitnesses, SITUATIONS, witnessesOf } from './situations.ts';

/** A promise that was broken: by which id, and one sentence on what was promised and seen. */
export interface Broken {
	readonly id: string;
	readonly sentence: string;
}

export interface GuaranteeVerdict {
	readonly id: string;
	readonly name: string;
	/** `unknown`: it was never exercised, or what is owed at the end was never asked. Unknown beats holds. */
	readonly verdict: 'holds' | 'violated' | 'unknown';
	/** Events at which it was put to the test. */
	readonly exercised: number;
	/** The event that broke it first; null when it holds, and when it was owed at the end. */
	readonly event: number | null;
	readonly sentence: string | null;
}

/** One story before the judges. */
export interface Judging {
	/**
	 * Judges one event that happened (not one that was skipped), and returns the promises that it
	 * broke first. `index` is the event's place in its story; without it, events are counted.
	 */
	step(moment: Moment, index?: number): readonly Broken[];
	/** What this moment would break first, if it came next; nothing of it is remembered. */
	peek(moment: Moment): readonly Broken[];
	/** The story has come to rest under fair conditions: whatever is still owed is broken. */
	settle(setup: Setup, seen: Observation): readonly Broken[];
	verdicts(): readonly GuaranteeVerdict[];
	/** By the name of a situation: at how many events it was reached; one that never was is left out. */
	situations(): ReadonlyMap<string, number>;
}

interface Case {
	readonly guarantee: Guarantee;
	/** Of its halves, among all situations. */
	readonly witnesses: readonly number[];
	memory: unknown;
	exercised: number;
	event: number | null;
	sentence: string | null;
}

const NONE: readonly Broken[] = [];

function verdictOf(item: Case, settled: boolean): GuaranteeVerdict {
	const { guarantee, exercised, event, sentence } = item;
	const asked = guarantee.owed === undefined || settled;
	const verdict = sentence !== null ? 'violated' : exercised > 0 && asked ? 'holds' : 'unknown';
	return { id: guarantee.id, name: guarantee.name, verdict, exercised, event, sentence };
}

/** Runs all guarantees over a story, from its first observation on. */
export function judging(
	setup: Setup,
	first: Observation,
	judged: readonly Guarantee[] = guarantees,
): Judging {
	const cases = judged.map(
		(guarantee): Case => ({
			guarantee,
			witnesses: witnessesOf(guarantee.id),
			memory: guarantee.begin(setup, first),
			exercised: 0,
			event: null,
			sentence: null,
		}),
	);
	/** By the place of a situation. */
	const reached = new Uint32Array(SITUATIONS.length);
	let next = 0;
	let settled = false;
	return {
		step(happened, index = next) {
			const moment = inOrder(happened);
			next = index + 1;
			let broken: Broken[] | null = null;
			for (const item of cases) {
				if (item.sentence !== null) continue;
				const ruling = item.guarantee.step(item.memory, moment);
				if (ruling === null) continue;
				item.memory = ruling.memory;
				if (ruling.exercised) {
					item.exercised++;
					countWitnesses(reached, item.witnesses, moment);
				}
				if (ruling.broken === null) continue;
				item.event = index;
				item.sentence = ruling.broken;
				broken ??= [];
				broken.push({ id: item.guarantee.id, sentence: ruling.broken });
			}
			countNarrower(reached, moment);
			return broken ?? NONE;
		},
		peek: (happened) =>
			cases.flatMap(({ guarantee, memory, sentence }) => {
				if (sentence !== null) return [];
				const moment = inOrder(happened);
				const broken = guarantee.step(memory, moment)?.broken ?? null;
				return broken === null ? [] : [{ id: guarantee.id, sentence: broken }];
			}),
		settle(ended, seen) {
			settled = true;
			const broken: Broken[] = [];
			for (const item of cases) {
				if (item.sentence !== null || item.guarantee.owed === undefined) continue;
				item.sentence = item.guarantee.owed(item.memory, ended, seen);
				if (item.sentence !== null) broken.push({ id: item.guarantee.id, sentence: item.sentence });
			}
			return broken;
		},
		verdicts: () => cases.map((item) => verdictOf(item, settled)),
		situations: () =>
			new Map(
				SITUATIONS.flatMap(({ name }, place) => {
					const count = reached[place] ?? 0;
					return count === 0 ? [] : [[name, count] as const];
				}),
			),
	};
}
