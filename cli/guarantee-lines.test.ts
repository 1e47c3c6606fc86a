import { expect, test } from 'vitest';
import type { Verdict } from '../reports/evidence/verdict.ts';
import { guaranteeLines } from './guarantee-lines.ts';

const row = (id: string, verdict: Verdict, note: string | null = null) => ({ id, verdict, note });

test('guarantees of the same fate stand in one line, the broken ones first', () => {
	expect(
		guaranteeLines([
			row('S1', 'holds'),
			row('S2', 'unknown', 'it was never exercised'),
			row('S3', 'violated', 'blocks'),
			row('S4', 'unknown', 'it was never exercised'),
			row('L1', 'unknown', '2 stories did not come to rest'),
		]),
	).toEqual([
		'violated  S3: blocks',
		'unknown   S2, S4: it was never exercised',
		'unknown   L1: 2 stories did not come to rest',
		'holds     S1',
	]);
});

test('where all are alike they are counted, and deadlock is none of them', () => {
	expect(guaranteeLines([row('S1', 'holds'), row('S2', 'holds')])).toEqual([
		'holds     all 2 guarantees',
	]);
	expect(
		guaranteeLines([row('S1', 'holds'), row('S2', 'holds'), row('deadlock', 'holds')]),
	).toEqual(['holds     all 2 guarantees, and deadlock']);
});
