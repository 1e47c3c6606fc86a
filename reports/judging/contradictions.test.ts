import { describe, expect, test } from 'vitest';
import { Evidence } from '../evidence/evidence.ts';
import { checkOf, sourceOf } from '../testing/evidence.ts';
import { wholeEvidenceOf } from '../testing/whole-evidence.ts';
import { contradictionsOf } from './contradictions.ts';

const VIOLATION = {
	guarantee: 'S1',
	name: 'bounded-restarts',
	sentence: 'One too many.',
	events: 3,
	unavoidable: null,
	loop: null,
	token: null,
};

describe('evidence may be believed', () => {
	test('as the functions that judge it made it', () => {
		expect(contradictionsOf(wholeEvidenceOf())).toEqual([]);
	});

	test('of before reasons had ids', () => {
		const { mulligan: _, commit, shard, allowed, reasons, ...later } = wholeEvidenceOf();
		const { interrupted, stories_asked, configurations, ...before } = later;
		const sources = before.sources.map(
			({ broken, flagged_failures, interrupted, ...source }) => source,
		);
		expect(contradictionsOf(Evidence.parse({ ...before, sources }))).toEqual([]);
	});
});

describe('evidence that says "holds" is not believed', () => {
	const [first, second] = wholeEvidenceOf().guarantees;
	if (first === undefined || second === undefined) throw new Error('there are no guarantees');

	test.each<[string, Partial<Evidence>, string]>([
		[
			'where every guarantee is violated',
			{ guarantees: [first, second].map((row) => ({ ...row, verdict: 'violated' as const })) },
			'guarantee S1 is said to be "violated", but its parts come to "holds"',
		],
		[
			'where the canary was missed',
			{ canary: { ...wholeEvidenceOf().canary, caught: false } },
			'the whole is said to be "holds", but its parts come to "unknown"',
		],
		['where nothing was tried', { sources: [], stories: 0 }, 'no story was told'],
		['where nothing was judged', { guarantees: [] }, 'no guarantee was judged'],
		[
			'where a source told nothing',
			{ sources: [sourceOf({ name: 'corpus', stories: 0 }), sourceOf({ stories: 1000 })] },
			'source corpus is said to be "holds", but its parts come to "unknown"',
		],
		[
			'where a story showed something wrong',
			{ sources: [sourceOf({ stories: 1000, broken: 1 })] },
			'but its parts come to "violated"',
		],
		[
			'where something was found',
			{
				findings: [
					{
						kind: 'violated',
						guarantee: 'S1',
						sentence: 'One too many.',
						source: 'corpus',
						events: 1,
						token: null,
					},
				],
			},
			'guarantee S1 is said to be "holds", but its parts come to "violated"',
		],
		[
			'where a promise is said to have fallen after a difference, in no story',
			{
				findings: [
					{
						...{ kind: 'violated', guarantee: 'S1', sentence: 'One too many.', source: 'corpus' },
						...{ events: 1, token: null },
						seen_first: { sentence: 'they differ', events: 1, token: null, stories: 0 },
					},
				],
			},
			'something else is said to have been seen before finding 1, but no promise fell in a story after it',
		],
		[
			'where something is said to have been seen before a difference',
			{
				findings: [
					{
						...{ kind: 'diverged', guarantee: null, sentence: 'they differ', source: 'corpus' },
						...{ events: 1, token: null },
						seen_first: { sentence: 'they differ', events: 1, token: null, stories: 7 },
					},
				],
			},
			'something else is said to have been seen before finding 1, but no promise fell in a story after it',
		],
		[
			'where what was seen first has another story than its token',
			{
				findings: [
					{
						...{ kind: 'violated', guarantee: 'S1', sentence: 'One too many.', source: 'corpus' },
						...{ events: 1, token: null },
						seen_first: {
							...{ sentence: 'they differ', events: 99, stories: 7 },
							token: wholeEvidenceOf().canary.token,
						},
					},
				],
			},
			'what was seen before finding 1 is said to be shown in 99 events',
		],
		[
			'where a guarantee was never exercised',
			{ guarantees: [{ ...first, exercised: 0, stories: 0 }, second] },
			'S1 never exercised',
		],
		['where stories did not come to rest', { unrested: 3 }, '3 stories did not come to rest'],
		[
			'where a configuration was broken',
			{ checks: [checkOf({ violations: [VIOLATION] })] },
			'configuration blocks is said to be "holds", but its parts come to "violated"',
		],
		[
			'where a configuration was not gone through',
			{ checks: [checkOf({ ending: 'out of memory' })] },
			'configuration blocks is said to be "holds", but its parts come to "unknown"',
		],
		['that was interrupted', { interrupted: true }, 'the verification was interrupted'],
		['of a part', { shard: { index: 1, of: 2 } }, 'this is part 1 of 2'],
		['that leaves guarantees out', { guarantees: [first, second] }, 'guarantee S3, S4'],
		[
			'with stories that no source told',
			{ stories: 5000 },
			'5000 stories are said to have been told, but its sources come to 1000',
		],
		[
			'with a configuration twice',
			{ checks: [checkOf(), checkOf()] },
			'configuration blocks stands there more than once',
		],
		[
			'with a complete search of no states',
			{ checks: [checkOf({ states: 0, depth: 0 })] },
			'configuration blocks is said to be complete, but has no states',
		],
		[
			'with a way that is longer than there are states',
			{ checks: [checkOf({ states: 5, depth: 6 })] },
			'configuration blocks is said to be 6 deep, but has 5 states',
		],
		[
			'with a complete search of a part of the states',
			{ checks: [checkOf({ coverage: 0.1 })] },
			'is said to be complete, but only part of it was covered',
		],
		[
			'with transitions that are neither taken nor missing',
			{ machines: [{ machine: 'task', transitions: 60, taken: 60, missing: ['a'] }] },
			'machine task is said to have 60 transitions, but 60 were taken and 1 were not',
		],
		['with fewer steps than events', { steps: 1 }, '1 steps are said to have been taken'],
		[
			'with a canary that was caught in no story',
			{ canary: { ...wholeEvidenceOf().canary, stories: 0 } },
			'the canary is said to have been caught, but no story of it was told',
		],
		[
			'with a reason beside it',
			{ reasons: [{ id: 'unrested', says: 'some' }] },
			'the reasons are said to be unrested, but its parts come to none',
		],
		[
			'with events that exercised it in no story',
			{ guarantees: [{ ...first, stories: 0 }, second] },
			'guarantee S1 is said to have been exercised 34 times in 0 of 1000 stories',
		],
	])('%s', (_, change, sentence) => {
		expect(contradictionsOf(wholeEvidenceOf(change)).join('\n')).toContain(sentence);
	});
});
