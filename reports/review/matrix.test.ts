import { expect, test } from 'vitest';
import type { Design } from '../../model/vocabulary/design.ts';
import type { Verdict } from '../evidence/verdict.ts';
import { designsOf } from '../testing/designs.ts';
import { evidenceOf } from '../testing/evidence.ts';
import { reviewOf } from '../testing/review.ts';
import { brokenStories } from './broken.ts';
import { matrix } from './matrix.ts';

test('a cell has the verdict of its design and guarantee, and a broken one leads to its story', () => {
	const input = reviewOf();
	const s8 = matrix(input).rows.find(({ id }) => id === 'S8');
	expect(Object.fromEntries(s8?.cells.map((one) => [one.design, one.verdict]) ?? [])).toMatchObject(
		{
			rest: 'violated',
			'local-api': 'violated',
			'auto-retry': 'holds',
			flag: 'holds',
		},
	);
	const anchors = brokenStories(input).map(({ anchor }) => anchor);
	for (const { cells } of matrix(input).rows)
		for (const { anchor } of cells) if (anchor !== null) expect(anchors).toContain(anchor);
});

/** What was chosen is what a narrow window shows beside the guarantees. */
const CHOSEN_FIRST: readonly Design[] = ['flag', 'rest', 'local-api', 'auto-retry'];

test('without a trial of the designs only the flag has verdicts, from the verification', () => {
	const { rows, columns, facts } = matrix(reviewOf({ designs: null }));
	const only = <Value>(flag: Value, other: Value): Value[] =>
		CHOSEN_FIRST.map((design) => (design === 'flag' ? flag : other));
	expect(rows.map(({ cells }) => cells.map(({ verdict }) => verdict))).toEqual([
		only<Verdict | null>('holds', null),
		only<Verdict | null>('holds', null),
	]);
	expect(columns.map(({ reach }) => reach)).toEqual(
		only('1,000 stories of the verification', 'not put on trial'),
	);
	expect(facts).toEqual([]);
});

test('facts are the same rows for all designs, with where they come from', () => {
	expect(matrix(reviewOf()).facts).toEqual([
		{
			label: 'permissions that a team must request',
			source: 'mulligan designs',
			values: CHOSEN_FIRST.map((design) => ({ design, value: design === 'rest' ? '2' : '0' })),
		},
	]);
});

test('where verification and trial differ, the worse is shown: broken in one is broken', () => {
	const cellOf = (own: Verdict, tried: Verdict) => {
		const [s1, ...others] = evidenceOf().guarantees;
		const trial = designsOf().designs.map((one) => ({
			...one,
			cells: one.cells.map((cell) =>
				cell.guarantee === 'S1' ? { ...cell, verdict: tried } : cell,
			),
		}));
		const input = reviewOf({
			evidence: evidenceOf({
				guarantees: s1 === undefined ? [] : [{ ...s1, verdict: own }, ...others],
			}),
			designs: designsOf({ designs: trial }),
		});
		const row = matrix(input).rows.find(({ id }) => id === 'S1');
		return row?.cells.find(({ design }) => design === 'flag');
	};
	expect(cellOf('holds', 'holds')).toMatchObject({ note: '1,200 stories, 2 configurations' });
	expect(cellOf('unknown', 'holds')).toMatchObject({
		verdict: 'unknown',
		note: 'exercised 34 times, in the verification',
	});
	expect(cellOf('holds', 'unknown')).toMatchObject({ verdict: 'holds' });
	expect(cellOf('violated', 'holds')).toMatchObject({ verdict: 'violated' });
	expect(cellOf('holds', 'violated')).toMatchObject({
		verdict: 'violated',
		anchor: 'story-flag-S1',
	});
});
