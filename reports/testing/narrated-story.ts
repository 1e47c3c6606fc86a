import type { NarratedEvent, NarratedStory } from '../evidence/narrated-story.ts';

const eventOf = (changes: Partial<NarratedEvent> = {}): NarratedEvent => ({
	sentence: 'h1 asks for work',
	fault: false,
	part: 'story',
	arrow: { from: 0, to: 1, label: 'next', fate: 'sent' },
	lane: null,
	changes: ['h1 calls next'],
	...changes,
});

/** A told story with each kind of drawing in it, broken at the fourth event; parts can be replaced. */
export const narratedStory = (changes: Partial<NarratedStory> = {}): NarratedStory => ({
	token: 'v1.told',
	about: null,
	system: 'model',
	setup: '1 task on 1 host.',
	lanes: [
		{ kind: 'agent', name: 'h1' },
		{ kind: 'server', name: 'app server' },
		{ kind: 'stranger', name: 'stranger' },
	],
	events: [
		eventOf(),
		eventOf({
			sentence: 'lost: next reply',
			fault: true,
			arrow: { from: 1, to: 0, label: 'next: task', fate: 'lost' },
		}),
		eventOf({ sentence: 'an hour passes', arrow: null, lane: null, changes: [] }),
		eventOf({
			sentence: 'somebody forges a mark',
			fault: true,
			arrow: { from: 2, to: 1, label: 'mark of compile', fate: 'arrives' },
			changes: ['compile/0 mark: granted'],
		}),
		eventOf({ sentence: 'the monitor runs', part: 'rest', arrow: null, lane: 1, changes: [] }),
	],
	left_out: 0,
	broken: {
		index: 3,
		guarantee: 'S8',
		sentence: 'It should change nothing, but it changed a task.',
	},
	...changes,
});

/** A told story in which one host comes, while another is taken away with a request on its way. */
export const hostsChange = (changes: Partial<NarratedStory> = {}): NarratedStory =>
	narratedStory({
		lanes: [
			{ kind: 'agent', name: 'h1' },
			{ kind: 'agent', name: 'h2', late: true },
			{ kind: 'server', name: 'app server' },
			{ kind: 'user', name: 'user' },
		],
		events: [
			eventOf({ arrow: { from: 0, to: 2, label: 'next', fate: 'sent' } }),
			eventOf({
				sentence: 'the host h2 comes',
				arrow: { from: 3, to: 1, label: 'comes', fate: 'arrives', life: 'begins' },
			}),
			eventOf({
				sentence: 'the host h1 is taken away',
				fault: true,
				arrow: { from: 3, to: 0, label: 'is taken away', fate: 'arrives', life: 'ends' },
			}),
			eventOf({ arrow: { from: 0, to: 2, label: 'next', fate: 'arrives' } }),
		],
		broken: null,
		...changes,
	});
