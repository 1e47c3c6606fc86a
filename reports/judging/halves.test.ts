import { describe, expect, test } from 'vitest';
import { WITNESSES } from '../../model/guarantees/situations.ts';
import { ConfigurationEvidence } from '../evidence/check-evidence.ts';
import { checkedGuarantees } from '../review/coverage.ts';
import { checkOf } from '../testing/evidence.ts';
import { sayHalves } from '../wording/halves.ts';
import { judgeChecks } from './check.ts';
import { halvesOf, neverOf } from './halves.ts';
import { searchContradictions } from './searches.ts';

const names = WITNESSES.map(({ name }) => name);

describe('the halves of guarantees that checks put to the test', () => {
	test('are those of all configurations together, and what none reaches is not known', () => {
		const checks = [
			checkOf({ reached: ['S1 budget', 'S7 taken'] }),
			checkOf({ reached: ['S1 cap'] }),
			checkOf({ reached: null }),
		];
		const halves = halvesOf(checks);
		expect(halves?.reached).toEqual(['S1 budget', 'S1 cap', 'S7 taken']);
		expect(halves?.never).toEqual(names.filter((name) => !halves?.reached.includes(name)));
		expect(neverOf('S1', checks)).toEqual(['S1 counted', 'S1 user', 'S1 policy']);
		expect(sayHalves({ reached: ['S1 budget'], never: ['S1 cap'] })).toBe(
			'1 of 2 put to the test; whether the other one holds is not known',
		);
	});

	test('are told beside the verdict of a guarantee that holds', () => {
		const checks = [checkOf({ reached: ['S1 budget', 'S1 cap', 'S1 counted', 'S1 user'] })];
		const { rows } = checkedGuarantees(judgeChecks({ checks, whole: false, shard: null }));
		expect(rows[0]?.[2]).toEqual({ verdict: 'holds', note: 'never put to the test: S1 policy' });
	});

	test('are not known of files of before they were counted', () => {
		const { reached: _, ...before } = checkOf();
		const check = ConfigurationEvidence.parse(before);
		expect(check.reached).toBeNull();
		expect(halvesOf([check])).toBeNull();
		expect(neverOf('S1', [check])).toEqual([]);
	});

	test.each<[string, Parameters<typeof checkOf>[0], string]>([
		['that there are not', { reached: ['S1 luck'] }, 'S1 luck to the test, and there is no such'],
		['of what does not hold', { reached: ['S7 taken'] }, 'S7 taken to the test, but not to hold'],
		['twice', { reached: ['S1 cap', 'S1 cap'] }, 'half S1 cap in configuration blocks'],
	])('are refused %s', (_, changes, said) => {
		const checks = [checkOf(changes)];
		const lines = searchContradictions({ checks, configurations: null, shard: null });
		expect(lines.join('\n')).toContain(said);
	});
});
