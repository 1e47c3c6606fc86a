import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	find,
	isRefusal,
	type Message,
	MessageSelector,
	Outcome,
	selectorOf,
	selects,
} from './message.ts';

const message: fc.Arbitrary<Message> = fc.record({
	leg: fc.constantFrom('request' as const, 'reply' as const),
	route: fc.constantFrom('next' as const, 'mark' as const),
	host: fc.constantFrom('h1', 'h2'),
	task: fc.constantFrom(null, 't1', 't2'),
	execution: fc.constantFrom(null, 0, 1),
	outcome: fc.constantFrom(null, 'task' as const, 'granted' as const),
	status: fc.constantFrom(null, 200),
	details: fc.constant(null),
	awaited: fc.boolean(),
});
const messages = fc.array(message, { minLength: 1, maxLength: 8 });

describe('a selector', () => {
	test('that says everything finds that message, or an older one that cannot be told from it', () => {
		fc.assert(
			fc.property(messages, fc.nat(), (all, at) => {
				const place = at % all.length;
				const meant = all[place];
				if (meant === undefined) return;
				const found = find(selectorOf(meant), all);
				expect(found).toBeGreaterThanOrEqual(0);
				expect(found).toBeLessThanOrEqual(place);
				const { status: _, ...shown } = meant;
				expect(all[found]).toMatchObject(shown);
			}),
		);
	});

	test('names the oldest that fits, or none', () => {
		fc.assert(
			fc.property(
				messages,
				message,
				fc.subarray(['host', 'task', 'awaited'] as const),
				(all, other, keys) => {
					const { leg, route } = other;
					const selector: MessageSelector = MessageSelector.parse({
						leg,
						route,
						...Object.fromEntries(keys.map((key) => [key, other[key]])),
					});
					const fits = (one: Message): boolean =>
						one.leg === leg && one.route === route && keys.every((key) => one[key] === other[key]);
					expect(find(selector, all)).toBe(all.findIndex(fits));
					for (const one of all) expect(selects(selector, one)).toBe(fits(one));
				},
			),
		);
	});
});

test('refusals are the outcomes that say so', () => {
	expect(Outcome.options.filter((outcome) => !isRefusal(outcome))).toEqual([
		'task',
		'nothing',
		'ok',
		'will_restart',
		'abort',
		'granted',
		'already_granted',
		'ignored_aborted',
		'already_ended',
		'older',
		'nothing_failed',
	]);
});
