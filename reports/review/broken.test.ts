import { expect, test } from 'vitest';
import { narratedStory } from '../testing/narrated-story.ts';
import { reviewOf } from '../testing/review.ts';
import { type Broken, brokenStories, foundIn } from './broken.ts';
import { capped } from './caps.ts';

test('every broken promise is listed once, with its story where one was told', () => {
	const stories = brokenStories(reviewOf());
	expect(stories.map(({ anchor, story }) => [anchor, story !== null])).toEqual([
		['story-rest-S2', false],
		['story-rest-S8', true],
		['story-local-api-S8', true],
		['story-auto-retry-L1', false],
		['canary', true],
	]);
});

test('what was seen before the promise fell is noted beside it', () => {
	const found = foundIn({
		checks: [],
		design: 'flag',
		findings: [
			{
				...{ kind: 'violated', guarantee: 'S10', sentence: 'It was heeded.', source: 'corpus' },
				...{ events: 9, token: 'v1.told' },
				seen_first: { sentence: 'a and b differ in x', events: 1, token: 'v1.seen', stories: 41 },
			},
		],
	});
	expect(found).toMatchObject([
		{
			...{ guarantee: 'S10', sentence: 'It was heeded.', events: 9, token: 'v1.told' },
			notes: [
				'Seen first as a difference in 1 event: a and b differ in x; the promise fell within 41 more stories.',
			],
		},
	]);
});

const broken = (place: number, token = 'v1.told'): Broken => ({
	anchor: `finding-${place}`,
	guarantee: 'S1',
	design: 'flag',
	sentence: 'broken',
	where: 'corpus',
	kind: 'finding',
	events: 5,
	token,
	notes: [],
	story: narratedStory({ token }),
});

test('more stories than the most are cut, and counted', () => {
	const { drawn, cut } = capped([broken(1), broken(2), broken(3)], 2);
	expect(drawn.map(({ anchor }) => anchor)).toEqual(['finding-1', 'finding-2']);
	expect(cut).toBe(1);
});

test('a story that does not fit is not drawn, but its command stays; a token that does not fit goes too', () => {
	const size = JSON.stringify(narratedStory()).length;
	const { drawn, cut } = capped([broken(1), broken(2)], 9, size * 1.5);
	expect(drawn.map(({ story, token }) => [story !== null, token])).toEqual([
		[true, 'v1.told'],
		[false, 'v1.told'],
	]);
	expect(cut).toBe(1);
	const long = capped([broken(1, `v1.${'x'.repeat(9000)}`)], 9, 5000);
	expect(long.drawn[0]).toMatchObject({ story: null, token: null });
});
