import { expect, test } from 'vitest';
import { commitOf, isCi, seedOf, seedOrSource } from './seeds.ts';

const COMMIT = 'b2d4c87aa0112233445566778899aabbccddeeff';
const NIGHT = new Date('2026-11-28T23:59:59Z');

test.each([
	[{}, false],
	[{ CI: '' }, false],
	[{ CI: 'false' }, false],
	[{ CI: '0' }, false],
	[{ CI: 'FALSE' }, false],
	[{ CI: 'no' }, false],
	[{ CI: 'true' }, true],
	[{ CI: '1' }, true],
	[{ TF_BUILD: 'True' }, true],
	[{ JENKINS_URL: 'http://ci' }, true],
] as const)('whether %j is CI: %s', (env, is) => {
	expect(isCi(env)).toBe(is);
});

test('the commit is what the CI says, else what git says, else not known', () => {
	const git = () => `${COMMIT}\n`;
	expect(commitOf({ GITHUB_SHA: 'ABCDEF1' }, git)).toBe('abcdef1');
	expect(commitOf({ CI_COMMIT_SHA: 'abcdef2' }, git)).toBe('abcdef2');
	expect(commitOf({}, git)).toBe(COMMIT);
	expect(commitOf({ GITHUB_SHA: 'main; rm -rf /' }, git)).toBe(COMMIT);
	expect(commitOf({ GITHUB_SHA: ' ', GIT_COMMIT: 'abcdef3' }, git)).toBe('abcdef3');
	expect(commitOf({}, () => '')).toBeNull();
});

test('in CI the same commit gives the same seed, another commit another; elsewhere it is drawn', () => {
	const ci = { CI: 'true' };
	expect(seedOf(undefined, COMMIT, ci)).toEqual(seedOf(undefined, COMMIT, ci));
	expect(seedOf(undefined, COMMIT, ci)).toEqual({
		value: 0xb2d4c87,
		from: 'of commit b2d4c87aa011',
	});
	expect(seedOf('commit', COMMIT, {}).value).toBe(0xb2d4c87);
	expect(seedOf(undefined, COMMIT.replace('b2', 'b3'), ci).value).not.toBe(0xb2d4c87);
	const drawn = Array.from({ length: 5 }, () => seedOf(undefined, COMMIT, {}));
	expect(new Set(drawn.map(({ value }) => value)).size).toBeGreaterThan(1);
	expect(drawn[0]?.from).toBe('drawn');
});

test('without a commit the seed of CI is a fixed one', () => {
	expect(seedOf('commit', null, {})).toEqual({ value: 1, from: 'fixed, as no commit is known' });
});

test('a number is taken as it is, and a night has the seed of its date', () => {
	expect(seedOf(-7, COMMIT, { CI: 'true' })).toEqual({ value: -7, from: 'as asked' });
	expect(seedOf('date', COMMIT, {}, NIGHT)).toEqual({ value: 20261128, from: 'of 2026-11-28' });
});

test('what is neither a number nor a source is refused', () => {
	expect(seedOrSource('commit')).toBe('commit');
	expect(seedOrSource('date')).toBe('date');
	expect(seedOrSource('12')).toBe(12);
	for (const text of ['', 'today', '1.5', '99999999999'])
		expect(() => seedOrSource(text)).toThrow('"commit" or "date"');
});
