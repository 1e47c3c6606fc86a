import { expect, test } from 'vitest';
import type { NarratedEvent } from '../reports/evidence/narrated-story.ts';
import { type Drawn, sequenceLines } from './sequence-lines.ts';
import { widthOf } from './width.ts';

const event = (of: Partial<NarratedEvent>): NarratedEvent => ({
	...{ sentence: 'something happens', fault: false, part: 'story', arrow: null, lane: null },
	...{ changes: [], ...of },
});
const drawn = (of: Partial<Drawn>): Drawn => ({
	...{ system: 'model', setup: '', left_out: 0, broken: null, events: [] },
	lanes: [
		{ kind: 'agent', name: 'h1' },
		{ kind: 'server', name: 'app server' },
	],
	...of,
});
const arrow = (fate: 'sent' | 'arrives' | 'lost' | 'repeated', from = 0, to = 1) =>
	event({ arrow: { from, to, label: 'next', fate } });

test('each fate of a message has an arrow of its own, each lane its line, and time is everywhere', () => {
	const lines = sequenceLines(
		drawn({
			events: [
				...[arrow('sent'), arrow('arrives'), arrow('arrives', 1, 0), arrow('lost')],
				...[arrow('repeated'), event({ lane: 0 }), event({ lane: 1, fault: true }), event({})],
			],
		}),
		80,
	);
	const said = 'something happens';
	const label = `|       next        |          ${said}`;
	expect(lines).toEqual([
		'             h1              app server',
		...[`   1          ${label}`, '              |.........>         |'],
		...[`   2          ${label}`, '              |------------------>|'],
		...[`   3          ${label}`, '              |<------------------|'],
		...[`   4          ${label}`, '              |-----------x       |'],
		...[`   5          ${label}`, '              |==================>|'],
		`   6          o                   |          ${said}`,
		`   7          |                   !          ! ${said}`,
		`   8 ~~~~~~~~~|~~~~~~~~~~~~~~~~~~~|~~~~~~~~~~${said}`,
	]);
});

test.each([80, 120])(
	'of names as wide as they like no line takes more than %i columns',
	(columns) => {
		for (const count of [1, 2, 4, 6, 20]) {
			const lanes = Array.from({ length: count }, (_, at) => ({
				kind: 'agent' as const,
				name: `${at}機械ホスト\u{301}\u{202e}🚀${'長'.repeat(40)}`,
			}));
			const story = drawn({
				lanes,
				events: [
					event({
						arrow: { from: 0, to: count - 1, label: '開始: はい', fate: 'arrives' },
						changes: ['長'.repeat(200)],
					}),
				],
				...{ broken: { index: 0, guarantee: 'S8', sentence: 'é '.repeat(200) }, left_out: 3 },
			});
			const lines = sequenceLines(story, columns);
			expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(columns);
			expect(lines.join('\n')).not.toContain('\u{202e}');
			expect(lines.at(-1)).toBe('3 more events of coming to rest are not drawn.');
			// A wide letter takes two columns, and the line after it stands where it stood.
			if (count === 2) expect(lines[1]?.indexOf('開始') ?? -1).toBeGreaterThan(0);
			const ends = lines.slice(1, 3).map((line) => widthOf(line.slice(0, line.lastIndexOf('|'))));
			if (count === 2) expect(ends[0]).toBe(ends[1]);
		}
	},
);
