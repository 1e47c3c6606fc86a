import { expect, test } from 'vitest';
import { SITUATIONS } from '../model/guarantees/situations.ts';
import { FLOOR_STORIES } from '../reports/judging/thin.ts';
import { evidenceOf } from '../reports/testing/evidence.ts';
import { verifyLines } from './verify-lines.ts';

const saidOf = (certain: number, verbose: boolean): string[] => {
	const situations = SITUATIONS.map(({ name, sentence, guarantee, half }) => ({
		...{ name, sentence, guarantee, half, certain },
		stories: 100,
		events: 100,
	}));
	const around = { written: [], reviewed: '', file: null, verbose };
	return verifyLines(evidenceOf({ situations }), around).join('\n').split('\n');
};

test('what was hardly put to the test is told beside what holds, with how to test it more', () => {
	for (const verbose of [false, true])
		expect(saidOf(2, verbose).filter((line) => line.startsWith('thin'))).toEqual([
			'thin      S1 budget in 2, S1 cap in 2, S1 counted in 2, S1 user in 2, S1 policy in 2, L1 failed in 2, L1 granted in 2: hardly put to the test, in fewer than 5 stories; for more: --stories 2000',
		]);
	expect(saidOf(FLOOR_STORIES, false).some((line) => line.startsWith('thin'))).toBe(false);
});

test('all situations are listed where all is asked for', () => {
	const lines = saidOf(FLOOR_STORIES, true);
	for (const { name } of SITUATIONS)
		expect(
			lines.some((line) => line.startsWith(name)),
			name,
		).toBe(true);
});
