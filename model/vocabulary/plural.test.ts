import { expect, test } from 'vitest';
import { plural } from './plural.ts';

test.each([
	['event', '0 events', '1 event', '2 events'],
	['story', '0 stories', '1 story', '2 stories'],
	['day', '0 days', '1 day', '2 days'],
	['loss', '0 losses', '1 loss', '2 losses'],
	['crash', '0 crashes', '1 crash', '2 crashes'],
	['broken promise', '0 broken promises', '1 broken promise', '2 broken promises'],
])('%s is counted', (one, ...said) => {
	expect([0, 1, 2].map((count) => plural(count, one))).toEqual(said);
});

test('a noun of more than one word may say how it is several', () => {
	expect([1, 2].map((count) => plural(count, 'death of an agent', 'deaths of agents'))).toEqual([
		'1 death of an agent',
		'2 deaths of agents',
	]);
});

test('thousands are set apart', () => {
	expect(plural(72_708, 'event')).toBe('72,708 events');
});
