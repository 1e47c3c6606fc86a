import { dice } from '../../model/vocabulary/dice.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import { candidates } from '../../model/vocabulary/events/possible.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import type { Swarm } from './swarm.ts';
import { type NextEvent, walk } from './walk.ts';

/** How often, at a moment at which it can be, what a user asks of a version is held. */
const OFTEN = 0.15;

/** Something ran of it, and nothing that is asked of a version is in hand. */
const isTime = ({ tasks, in_hand }: Observation): boolean =>
	tasks.some(({ status }) => status !== 'undispatched') &&
	!in_hand.some(({ route }) => route === 'abort-version' || route === 'restart-version');

const ofVersion = (event: Event): boolean =>
	event.kind === 'held' &&
	(event.begun.kind === 'user-aborts-version' || event.begun.kind === 'user-restarts-version');

/**
 * A walk that aims at what users ask of whole versions: that is held often, while all else comes between its units. Other
 * walks seldom come to it.
 */
export function holdingVersions(setup: Setup, on: Swarm, seed: number, length: number): NextEvent {
	const next = walk(setup, on, seed, length);
	const roll = dice(~seed);
	return (seen) => {
		if (!isTime(seen) || roll() >= OFTEN) return next(seen);
		// The lowest number stands for what is asked of versions, in place of all else that may be held.
		let first = true;
		const pick = (): number => {
			const drawn = first ? 0 : roll();
			first = false;
			return drawn;
		};
		const held = candidates(setup, seen, 'held', pick).filter(ofVersion);
		return held[Math.floor(roll() * held.length)] ?? next(seen);
	};
}
