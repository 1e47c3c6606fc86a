import { expect, test } from 'vitest';
import { checkOf, sourceOf } from '../testing/evidence.ts';
import { partOf } from '../testing/parts.ts';
import { problemsOfUnion } from './union.ts';

const evidence = (...given: Parameters<typeof partOf>) => partOf(...given).evidence;
const scenarios = [{ file: 'a.yml', name: 'a', shows: ['S1'] }];
const random = (stories: number) => ({
	stories,
	stories_asked: 30,
	sources: [sourceOf({ name: 'generated projects', stories })],
});

test('parts that each did their own have no problems', () => {
	expect(problemsOfUnion([evidence(1, 2), evidence(2, 2)])).toEqual([]);
	expect(problemsOfUnion([evidence(1, 2, random(16)), evidence(2, 2, random(14))])).toEqual([]);
});

test('what one part did, no other one did', () => {
	const checks = [checkOf()];
	expect(
		problemsOfUnion([evidence(1, 2, { checks, scenarios }), evidence(2, 2, { checks, scenarios })]),
	).toEqual([
		'the configuration blocks is in more than one part',
		'the scenario a.yml is in more than one part',
	]);
});

test('a part that lacks what is its own is told', () => {
	const two = ['a', 'b'].map((configuration) => checkOf({ configuration }));
	expect(
		problemsOfUnion([evidence(1, 2, { checks: [] }), evidence(2, 2, { checks: two })]),
	).toEqual([
		'part 1 checked 0 configurations, but of 2 1 are its own',
		'part 2 checked 2 configurations, but of 2 1 are its own',
	]);
});

test('as many stories are told as were asked for, unless something was found or it was interrupted', () => {
	const [whole, few] = [random(16), random(3)];
	expect(problemsOfUnion([evidence(1, 2, whole), evidence(2, 2, few)])).toEqual([
		'30 stories of generated projects were asked for, but all parts together told 19',
	]);
	const broken = { ...few, sources: few.sources.map((source) => ({ ...source, broken: 1 })) };
	for (const other of [broken, { ...few, interrupted: true }])
		expect(problemsOfUnion([evidence(1, 2, whole), evidence(2, 2, other)])).toEqual([]);
});
