import { expect, test } from 'vitest';
import { checkOf, evidenceOf } from '../testing/evidence.ts';
import { sayBounds } from '../wording/bounds.ts';
import { ConfigurationEvidence } from './check-evidence.ts';
import { Evidence } from './evidence.ts';

test('evidence of before there was a checker has no checks', () => {
	const { checks, ...before } = evidenceOf();
	expect(checks).toHaveLength(1);
	expect(Evidence.parse(before).checks).toEqual([]);
});

test.each<[string, object]>([
	['a loop as long as no story', { loop: Array.from({ length: 501 }, () => 'an event') }],
	['a sentence of 2001 characters', { sentence: 'x'.repeat(2001) }],
	['a negative event', { unavoidable: -1 }],
])('%s is no evidence', (_, changes) => {
	const violation = {
		guarantee: 'S1',
		name: 'bounded-restarts',
		sentence: 'One restart too many.',
		events: 5,
		unavoidable: 5,
		loop: null,
		token: 'v1.a',
	};
	const withOne = (changed: object) =>
		ConfigurationEvidence.safeParse(checkOf({ violations: [{ ...violation, ...changed }] }));
	expect(withOne({}).success).toBe(true);
	expect(withOne(changes).success).toBe(false);
});

test('bounds are said in a sentence, one of a kind in the singular', () => {
	expect(sayBounds({ messages: 1 })).toBe('At most 1 message in flight.');
	expect(
		sayBounds({ messages: 3, losses: 1, crashes: 2, aborts: 0, outcomes: ['failed', 'panicked'] }),
	).toBe('At most 3 messages in flight, 1 loss, 2 crashes; commands end as failed or panicked.');
	expect(sayBounds({ messages: 1, hours: 2, stretches: [1, 23] })).toBe(
		'At most 1 message in flight, 2 times at which an hour passes; 1 or 23 hours pass at once.',
	);
	expect(sayBounds({ messages: 1, hours: 1, cuts: [5, 60] })).toBe(
		'At most 1 message in flight, 1 time at which an hour passes; a host is cut off for 5 or 60 minutes.',
	);
});
