import { expect, test } from 'vitest';
import { foundLines } from './found-lines.ts';

const found = {
	what: 'S10',
	events: 9,
	where: 'corpus',
	sentence: 'It was heeded.',
	token: 'v2.x',
};

test('what is wrong is told with the line that replays it', () => {
	expect(foundLines({ ...found, on: 'evergreen-953ae91' }, ['it takes: nothing unusual'])).toEqual([
		'',
		'S10 in 9 events (corpus): It was heeded.',
		'it takes: nothing unusual',
		'npx mulligan replay v2.x --on evergreen-953ae91',
	]);
});

test('a difference that was seen before the promise fell is told below it, with its own line', () => {
	const seen_first = { sentence: 'a and b differ in x', events: 1, token: 'v2.y', stories: 1 };
	expect(foundLines({ ...found, seen_first })).toEqual([
		'',
		'S10 in 9 events (corpus): It was heeded.',
		'npx mulligan replay v2.x',
		'seen first as a difference in 1 event: a and b differ in x; the promise fell within 1 more story',
		'npx mulligan replay v2.y',
	]);
	expect(foundLines({ ...found, seen_first: { ...seen_first, token: null } }).at(-1)).toBe(
		'the token of this story is too large to show',
	);
});
