import type { MachineGraph } from '../evidence/machine-graph.ts';
import type { ReviewInput } from '../review/input.ts';
import { designsOf } from './designs.ts';
import { evidenceOf } from './evidence.ts';
import { narratedStory } from './narrated-story.ts';
import { simulationOf } from './simulation.ts';

/** A machine with a state inside another, an arrow that was never taken, and one that stays. */
export const GRAPH: MachineGraph = {
	machine: 'lamp',
	states: [
		{ id: 'lamp.off', name: 'off', parent: 'lamp', initial: true },
		{ id: 'lamp.on', name: 'on', parent: 'lamp', initial: false },
		{ id: 'lamp.on.dim', name: 'dim', parent: 'lamp.on', initial: true },
		{ id: 'lamp.on.bright', name: 'bright', parent: 'lamp.on', initial: false },
	],
	transitions: [
		{ source: 'lamp.off', target: 'lamp.on.dim', event: 'PRESS', guard: null, count: 12_345 },
		{ source: 'lamp.off', target: 'lamp.on.dim', event: 'PRESS', guard: 'held', count: 3 },
		{ source: 'lamp.on.dim', target: 'lamp.on.bright', event: 'TURN', guard: null, count: 0 },
		{ source: 'lamp', target: null, event: 'LOOK', guard: null, count: 7 },
	],
};

/** Everything a review can have; parts can be replaced. */
export const reviewOf = (changes: Partial<ReviewInput> = {}): ReviewInput => ({
	evidence: evidenceOf({
		graphs: [GRAPH],
		told: [narratedStory({ token: 'v1.canary' })],
		scenarios: [{ file: 'a-story.yml', name: 'a story', shows: ['S1'] }],
	}),
	designs: designsOf(),
	simulation: simulationOf(),
	since: null,
	told: [narratedStory({ token: 'v1.rest-S8' }), narratedStory({ token: 'v1.local-api-S8' })],
	record: [
		{
			ids: ['H09', 'H38'],
			symptom: 'Restarts end at execution 3.',
			where: 'EVG-1',
			breaks: [{ id: 'S1', name: 'bounded-restarts' }],
			difference: null,
			events: 6,
			long: null,
			story: 'h09-cap-too-low',
			commit: '1234567',
		},
		{
			ids: ['P4'],
			symptom: 'A name is shown wrong.',
			where: 'elsewhere',
			breaks: [],
			difference: 'no promise speaks of names',
			events: 12,
			long: 'a name is long',
			story: 'p4-name',
			commit: null,
		},
	],
	version: '0.1.0',
	...changes,
});
