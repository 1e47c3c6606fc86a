import type { Guarantee } from '../../model/guarantees/guarantee.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import { findInHand, selectorOfHandler } from '../../model/vocabulary/events/held.ts';
import { find, type MessageSelector, selectorOf } from '../../model/vocabulary/message.ts';
import { Setup } from '../../model/vocabulary/setup.ts';
import type { Story } from '../../model/vocabulary/stories/story.ts';
import type { NextEvent } from '../arbitraries/walk.ts';
import type { System } from '../systems/system.ts';
import { simplerStories } from './simplify.ts';
import { type Finding, replaying, trial } from './trial.ts';

/** Most trials that one shrinking may take. */
const TRIALS = 3000;

export interface Shrunk {
	story: Story;
	finding: Finding;
	trials: number;
}

/**
 * Whether a finding is still about the same thing, however the story got there. A broken guarantee
 * says more than a difference, and is taken for it.
 */
const same = (found: Finding, sought: Finding): boolean =>
	sought.kind === 'violated'
		? found.kind === 'violated' && found.guarantee === sought.guarantee
		: found.kind === sought.kind || (sought.kind === 'diverged' && found.kind === 'violated');

/**
 * Makes a story that shows a finding as short as it gets: events are left out, first many at a
 * time, then one by one; then the setup is simplified. What a left-out event made possible is
 * skipped, so every part of a story is a story. The last trial's finding is returned with it.
 * An aborted signal ends it early, with the shortest story so far.
 */
export async function shrink(
	systems: readonly System[],
	story: Story,
	finding: Finding,
	signal?: AbortSignal,
	judges?: readonly Guarantee[],
): Promise<Shrunk> {
	let best: Shrunk = { story, finding, trials: 0 };
	let trials = 0;

	const attempt = async (setup: Setup, next: NextEvent): Promise<boolean> => {
		if (trials >= TRIALS || signal?.aborted) return false;
		trials++;
		const result = await trial(systems, setup, next, judges === undefined ? {} : { judges });
		if (result.finding === null || !same(result.finding, best.finding)) return false;
		best = { story: { setup, events: result.events }, finding: result.finding, trials };
		return true;
	};

	let progress = true;
	while (progress && trials < TRIALS) {
		const before = JSON.stringify(best.story).length;
		await attempt(best.story.setup, replaying(best.story.events.map(loose)));
		await dropEvents(
			() => best.story,
			({ setup, events }) => attempt(setup, replaying(events)),
		);
		for (const simplify of simplerStories(best.story)) {
			const { setup, events } = simplify(best.story);
			const valid = Setup.safeParse(setup);
			if (valid.success) await attempt(valid.data, replaying(events));
		}
		progress = JSON.stringify(best.story).length < before;
	}
	await attempt(best.story.setup, exact(best.story.events));
	return { ...best, trials };
}

/** The event with no more said of its message or handler than it takes: it survives when others are left out. */
function loose(event: Event): Event {
	if (event.kind === 'goes-on') return { ...event, handler: { route: event.handler.route } };
	return withMessage(event, ({ leg, route }) => ({ leg, route }));
}

/** Tells the events with the full names of the messages and handlers that are meant, for those who read them. */
function exact(events: readonly Event[]): NextEvent {
	const next = replaying(events);
	return (seen) => {
		const event = next(seen);
		if (event?.kind === 'goes-on') {
			const meant = seen.in_hand[findInHand(event.handler, seen)];
			return meant === undefined ? event : { ...event, handler: selectorOfHandler(meant) };
		}
		return (
			event &&
			withMessage(event, (named) => {
				const meant = seen.messages[find(named, seen.messages)];
				return meant === undefined ? named : selectorOf(meant);
			})
		);
	};
}

/** The event with its message, or the one whose handler is held, named in another way. */
function withMessage(event: Event, name: (named: MessageSelector) => MessageSelector): Event {
	if (event.kind === 'held') {
		const { begun } = event;
		return begun.kind === 'message-delivered'
			? { ...event, begun: { ...begun, message: name(begun.message) } }
			: event;
	}
	return 'message' in event && event.message !== undefined
		? { ...event, message: name(event.message) }
		: event;
}

async function dropEvents(
	best: () => Story,
	attempt: (story: Story) => Promise<boolean>,
): Promise<void> {
	for (let size = Math.ceil(best().events.length / 2); size >= 1; size = Math.floor(size / 2)) {
		let at = best().events.length - size;
		while (at > -size) {
			const { setup, events } = best();
			const from = Math.max(0, at);
			const rest: Event[] = [...events.slice(0, from), ...events.slice(at + size)];
			await attempt({ setup, events: rest });
			at = Math.min(at - size, best().events.length - size);
		}
	}
}
