import { expect, test } from 'vitest';
import type { NarratedEvent } from '../evidence/narrated-story.ts';
import { narratedStory } from '../testing/narrated-story.ts';
import { shortened } from './shortened.ts';

const event = (sentence: string, more: Partial<NarratedEvent> = {}): NarratedEvent => ({
	...{ sentence, fault: false, part: 'story', arrow: null, lane: 0, changes: [] },
	...more,
});
const said = (events: NarratedEvent[]): string[] =>
	shortened(narratedStory({ events, broken: null })).events.map(({ sentence }) => sentence);

test('what happens several times in a row is told once, but no message and no fault', () => {
	const good = event('the command succeeded');
	expect(said([good, good, good, event('the command failed'), good])).toEqual([
		'the command succeeded (3 times in a row)',
		'the command failed',
		'the command succeeded',
	]);
	const sent = event('next', { arrow: { from: 0, to: 1, label: 'next', fate: 'sent' } });
	expect(said([sent, sent])).toHaveLength(2);
	expect(said([event('crash', { fault: true }), event('crash', { fault: true })])).toHaveLength(2);
});
