import { expect, test } from 'vitest';
import type { CheckEvidence } from '../evidence/check-evidence.ts';
import { judgeChecks } from '../judging/check.ts';
import { checkContradictionsOf } from '../judging/check-contradictions.ts';
import { checkOf, violationOf } from '../testing/evidence.ts';
import { mergeChecks } from './check.ts';
import type { Part } from './parts.ts';

const NAMES = ['a', 'b', 'c'];

/** A part of a made-up check, as it is judged; what it saw can be replaced. */
function partOf(
	index: number,
	of: number,
	changes: Partial<CheckEvidence> = {},
): Part<CheckEvidence> {
	const shard = { index, of };
	const mine = NAMES.filter((_, place) => place % of === index - 1);
	const checks = changes.checks ?? mine.map((configuration) => checkOf({ configuration }));
	const evidence: CheckEvidence = {
		format: 'mulligan check',
		version: 1,
		mulligan: '0.1.0',
		commit: null,
		shard,
		allowed: [],
		created_at: '2024-02-29T12:00:00.000Z',
		profile: 'quick',
		design: 'flag',
		whole: false,
		configurations: NAMES,
		node: 'v20.0.0',
		seconds: 1,
		memory_bytes: 1,
		machines: [],
		...judgeChecks({ checks, whole: false, shard }),
		...changes,
	};
	return { file: `parts/${index}/check.json`, evidence };
}

test('configurations come in the order in which they were asked for, and what holds in all holds', () => {
	const merged = mergeChecks([partOf(2, 2), partOf(1, 2)]);
	expect(merged.checks.map(({ configuration }) => configuration)).toEqual(NAMES);
	expect(merged).toMatchObject({ verdict: 'holds', shard: null, reasons: [], seconds: 2 });
	expect(checkContradictionsOf(merged)).toEqual([]);
});

test('parts without a configuration change nothing', () => {
	const merged = mergeChecks([1, 2, 3, 4, 5].map((index) => partOf(index, 5)));
	expect(merged).toMatchObject({ verdict: 'holds' });
	expect(merged.checks).toHaveLength(3);
});

test('what one part found broken is broken, what one part left open is unknown', () => {
	const broken = checkOf({ configuration: 'b', ending: 'broken', violations: [violationOf()] });
	const open = checkOf({ configuration: 'b', ending: 'out of memory' });
	const merged = (b: typeof broken) => mergeChecks([partOf(1, 2), partOf(2, 2, { checks: [b] })]);
	expect(merged(broken)).toMatchObject({ verdict: 'violated', reasons: [] });
	expect(merged(open)).toMatchObject({
		verdict: 'unknown',
		reasons: [{ id: 'check-out-of-memory' }],
	});
});

test.each<[string, Partial<CheckEvidence>, string]>([
	['version', { mulligan: '0.0.9' }, 'its version is 0.0.9'],
	['commit', { commit: 'b2d4c87' }, 'its commit is b2d4c87'],
	['profile', { profile: 'deep' }, 'its profile is deep'],
	['design', { design: 'rest' }, 'its design is rest'],
	['list', { configurations: ['b', 'a', 'c'] }, 'its list of configurations is b, a, c'],
	['list of reasons to live with', { allowed: ['unrested'] }, 'its --allow is unrested'],
])('a part of another %s is refused', (_, change, said) => {
	expect(() => mergeChecks([partOf(1, 2), partOf(2, 2, change)])).toThrow(
		`parts/2/check.json: ${said}`,
	);
});

test('parts that did not check what was asked for are refused', () => {
	const twice = { checks: [checkOf({ configuration: 'a' })] };
	expect(() => mergeChecks([partOf(1, 2), partOf(2, 2, twice)])).toThrow(
		'together the parts checked a, a, c, but a, b, c were asked for',
	);
});
