import { describe, expect, test } from 'vitest';
import type { Event } from '../../vocabulary/events/event.ts';
import type { Setup } from '../../vocabulary/setup.ts';
import type { Guarantee } from '../guarantee.ts';
import { type Change, judgeScenes, type Scene, setupToJudge } from './seen.ts';

/** One event before one judge: what a correct system shows after it, and what another one does. */
export interface Case {
	readonly guarantee: Guarantee;
	readonly setup?: Setup;
	/** What came before. */
	readonly story: readonly Scene[];
	readonly event: Event;
	/** Breaks nothing. */
	readonly right?: readonly Change[];
	/** Breaks the guarantee at this event, in these words. */
	readonly wrong?: readonly [sentence: string, ...changes: Change[]];
}

/** Tests that a judge tells right from wrong in each case, and had nothing to say before. */
export function judgeCases(cases: Readonly<Record<string, Case>>): void {
	describe.each(Object.entries(cases))('%s', (_, one) => {
		const { guarantee, setup = setupToJudge(), story, event, right, wrong } = one;
		const broken = (...changes: readonly Change[]) =>
			judgeScenes(guarantee, setup, [...story, [event, ...changes]]).broken;

		test('breaks nothing before', () => {
			expect(judgeScenes(guarantee, setup, story).broken).toBeNull();
		});

		if (right !== undefined)
			test('is as it should be', () => {
				expect(broken(...right)).toBeNull();
			});

		if (wrong !== undefined)
			test('is not, and that is seen at this event', () => {
				const [sentence, ...changes] = wrong;
				expect(broken(...changes)).toContain(sentence);
			});
	});
}
