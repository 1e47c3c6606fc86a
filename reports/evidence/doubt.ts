import { z } from 'zod';
import { TEXT, Text } from './verdict.ts';

/**
 * Why a verdict can be unknown. The ids are stable: a team that decides to live with one names it
 * (`--allow <id>`). What each means, and what to do about it, stands in docs/unknown.md.
 */
export const DoubtId = z.enum([
	'interrupted',
	'part',
	'canary-missed',
	'no-tasks',
	'nothing-to-try',
	'left-out',
	'no-stories',
	'no-flagged-failure',
	'never-exercised',
	'unrested',
	'not-judged',
	'not-shown',
	'check-not-begun',
	'check-stopped',
	'check-out-of-memory',
	'check-approximate',
	'check-thread-lost',
	'check-broken',
	'tour-incomplete',
]);
export type DoubtId = z.infer<typeof DoubtId>;

/** Ids of before, by which a reason is still found in evidence and behind `--allow`. */
export const FORMER_IDS: ReadonlyMap<string, DoubtId> = new Map([
	['never-mattered', 'never-exercised'],
]);

/** One reason why nothing is decided, in words. */
export const Doubt = z.strictObject({ id: DoubtId, says: Text });
export type Doubt = z.infer<typeof Doubt>;

export const doubt = (id: DoubtId, says: string): Doubt => ({ id, says: says.slice(0, TEXT) });

/** All reasons in one sentence; null: there is none. */
export const sayDoubts = (doubts: readonly Doubt[]): string | null =>
	doubts.length === 0
		? null
		: doubts
				.map(({ says }) => says)
				.join('; ')
				.slice(0, TEXT);
