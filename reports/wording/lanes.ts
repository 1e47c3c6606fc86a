import type { Party } from '../../model/vocabulary/events/descriptor.ts';
import { descriptorOf, type Event } from '../../model/vocabulary/events/event.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import { isLate, type Setup } from '../../model/vocabulary/setup.ts';
import type { Arrow, Lane, NarratedEvent } from '../evidence/narrated-story.ts';

/** Who takes part: hosts left and server right of each other, users and strangers only where they act. */
export function lanesOf(setup: Setup, events: readonly Event[]): Lane[] {
	const acting = new Set(
		events.map((event) => descriptorOf(event.kind === 'held' ? event.begun.kind : event.kind).by),
	);
	return [
		...setup.hosts.map(
			(name): Lane => ({ kind: 'agent', name, ...(isLate(setup, name) ? { late: true } : {}) }),
		),
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
	const { from, to, ...arrow } = picture;
	return { arrow: { from: laneOf(from), to: laneOf(to), ...arrow }, lane: null, fault };
}

/** How a lane is drawn beside an event: it is there all along, not at all, or it begins or ends with it. */
export type Life = 'there' | 'away' | 'begins' | 'ends';

/** @param isThere by lane: whether it was there before. */
export const livesOf = (isThere: readonly boolean[], arrow: Arrow | null): Life[] =>
	isThere.map((there, lane) =>
		arrow?.life !== undefined && arrow.to === lane ? arrow.life : there ? 'there' : 'away',
	);

/** Of each event of a story, by lane. */
export function livesIn(
	lanes: readonly Lane[],
	events: readonly Pick<NarratedEvent, 'arrow'>[],
): readonly (readonly Life[])[] {
	let isThere = lanes.map(({ late }) => late !== true);
	return events.map(({ arrow }) => {
		const lives = livesOf(isThere, arrow);
		isThere = lives.map((life) => life === 'there' || life === 'begins');
		return lives;
	});
}
