import { describe, expect, it } from 'vitest';
import { SITUATIONS } from '../../model/guarantees/situations.ts';
import type { SituationEvidence } from '../evidence/evidence.ts';
import { evidenceOf } from '../testing/evidence.ts';
import { situationContradictions } from './situation-rows.ts';
import { FLOOR_STORIES, thinHalves } from './thin.ts';

/** All situations, reached in so many stories that every machine tells, and in many more that none has to. */
const reachedIn = (certain: number): SituationEvidence[] =>
	SITUATIONS.map(({ name, sentence, guarantee, half }) => ({
		...{ name, sentence, guarantee, half, certain },
		stories: 1000,
		events: 1000,
	}));

describe('what is told as thin', () => {
	it('is each half of a guarantee that holds, but was put to the test in too few stories', () => {
		const situations = reachedIn(FLOOR_STORIES - 1);
		const names = thinHalves(evidenceOf({ situations })).map(({ name }) => name);
		expect(names).toEqual([
			'S1 budget',
			'S1 cap',
			'S1 counted',
			'S1 user',
			'S1 policy',
			'L1 failed',
			'L1 granted',
		]);
	});

	it('is nothing that was put to the test often enough', () => {
		expect(thinHalves(evidenceOf({ situations: reachedIn(FLOOR_STORIES) }))).toEqual([]);
	});

	it('is no guarantee that does not hold, and nothing of a part', () => {
		const situations = reachedIn(0);
		const { guarantees } = evidenceOf();
		const unknown = guarantees.map((row) => ({ ...row, verdict: 'unknown' as const }));
		expect(thinHalves(evidenceOf({ situations, guarantees: unknown }))).toEqual([]);
		expect(thinHalves(evidenceOf({ situations, shard: { index: 1, of: 2 } }))).toEqual([]);
	});

	it('is nothing in evidence of before situations were counted', () => {
		expect(thinHalves(evidenceOf({ situations: [] }))).toEqual([]);
	});
});

describe('what a file says of situations', () => {
	it('is refused if it counts fewer events than stories, leaves one out, or gives it another meaning', () => {
		const rows = reachedIn(3);
		expect(situationContradictions(rows)).toEqual([]);
		expect(situationContradictions([])).toEqual([]);
		const [first, ...rest] = rows;
		if (first === undefined) throw new RangeError('there are situations');
		for (const wrong of [
			{ certain: 1001 },
			{ stories: 1001 },
			{ guarantee: 'S2' },
			{ sentence: '' },
		])
			expect(situationContradictions([{ ...first, ...wrong }, ...rest])).toHaveLength(1);
		expect(situationContradictions(rest)).not.toEqual([]);
	});
});
