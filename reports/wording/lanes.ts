import type { Party } from '../../model/vocabulary/events/descriptor.ts';
import { descriptorOf, type Event } from '../../model/vocabulary/events/event.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import type { Lane, NarratedEvent } from '../evidence/narrated-story.ts';

/** Who takes part: hosts left and server right of each other, users and strangers only where they act. */
export function lanesOf(setup: Setup, events: readonly Event[]): Lane[] {
	const acting = new Set(
		events.map((event) => descriptorOf(event.kind === 'held' ? event.begun.kind : event.kind).by),
	);
	return [
		...setup.hosts.map((name): Lane => ({ kind: 'agent', name })),
		{ kind: 'server', name: 'app server' },
		...(['user', 'stranger'] as const)
			.filter((kind) => acting.has(kind))
			.map((kind): Lane => ({ kind, name: kind })),
	];
}

type Drawn = Pick<NarratedEvent, 'arrow' | 'lane' | 'fault'>;

/** Where an event stands in the picture: an arrow, or a place in a lane. */
export function draw(lanes: readonly Lane[], before: Observation, event: Event): Drawn {
	const { isFault: fault, draw } = descriptorOf(event.kind);
	const laneOf = (party: Party): number =>
		Math.max(
			0,
			lanes.findIndex(
				({ kind, name }) => kind === party.kind && (party.kind !== 'agent' || name === party.name),
			),
		);
	const picture = draw(event, before);
	if ('at' in picture)
		return {
			arrow: null,
			lane: picture.at === 'everywhere' ? null : laneOf(picture.at),
			fault,
		};
	const { from, to, label, fate } = picture;
	return { arrow: { from: laneOf(from), to: laneOf(to), label, fate }, lane: null, fault };
}
