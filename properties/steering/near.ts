import { pathTo } from '../../model/checker/engine/explore/path.ts';
import { judging } from '../../model/guarantees/judge.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import { HOUR, type Setup } from '../../model/vocabulary/setup.ts';
import type { Story } from '../../model/vocabulary/stories/story.ts';
import { model } from '../systems/model.ts';
import type { Space } from '../tour/space.ts';

/** States of a space to which the way is looked at, unless told: spread evenly over all of them. */
const SAMPLE = 600;

/** A situation, and by what it was reached. */
export interface Reached {
	readonly situation: string;
	/** The kind of event, and of a message also the call that it belongs to. */
	readonly by: string;
}

/** A story whose last event reaches a situation. */
export interface Near extends Reached {
	readonly story: Story;
}

/** By situation and what reaches it: the shortest story, of those looked at, whose last event does. */
export async function storiesIn(
	{ configuration, exploration }: Space,
	sample = SAMPLE,
): Promise<readonly Near[]> {
	const { setup } = configuration;
	const { count } = exploration.states;
	const shortest = new Map<string, Near>();
	const looked = Math.min(sample, count - 1);
	for (let place = 1; place <= looked; place++) {
		const path = pathTo(exploration, Math.floor((place * (count - 1)) / looked));
		const events = path.map(({ event }) => event);
		for (const { index, ...reached } of await reachedIn(setup, events)) {
			const key = keyOf(reached);
			const known = shortest.get(key)?.story.events.length ?? Number.POSITIVE_INFINITY;
			if (index + 1 < known)
				shortest.set(key, { ...reached, story: { setup, events: events.slice(0, index + 1) } });
		}
	}
	const near: Near[] = [];
	for (const one of shortest.values())
		near.push({ ...one, story: await upToTheMinute(one.situation, one.story) });
	return near;
}

/** One word for a situation and what reaches it. */
export const keyOf = ({ situation, by }: Reached): string => `${situation} by ${by}`;

/** The situations that a story, told of the model, puts to the test, each with the first event of each sort that does. */
export async function reachedIn(
	setup: Setup,
	events: readonly Event[],
): Promise<readonly (Reached & { readonly index: number })[]> {
	const run = await model().start(setup);
	const judge = judging(setup, run.seen);
	const counted = new Map<string, number>();
	const reached = new Map<string, Reached & { readonly index: number }>();
	for (const [index, event] of events.entries()) {
		const before = run.seen;
		await run.apply(event);
		judge.step({ setup, before, event, after: run.seen });
		const by = sortOf(event);
		for (const [situation, count] of judge.situations()) {
			if (counted.get(situation) === count) continue;
			counted.set(situation, count);
			const key = keyOf({ situation, by });
			if (!reached.has(key)) reached.set(key, { situation, by, index });
		}
	}
	await run.stop();
	return [...reached.values()];
}

/** What is told apart of what reaches a situation: the kind of event, and of messages and handlers the call too. */
function sortOf(event: Event): string {
	if ('message' in event && event.message !== undefined)
		return `${event.kind} (${event.message.leg} ${event.message.route})`;
	return 'handler' in event ? `${event.kind} (${event.handler.route})` : event.kind;
}

/** What the last hours bring about is near when their last minute is left, where it is that minute that does. */
async function upToTheMinute(situation: string, { setup, events }: Story): Promise<Story> {
	const last = events.at(-1);
	if (last?.kind !== 'hours-pass') return { setup, events };
	const minutes: Event[] = [
		...events.slice(0, -1),
		{ kind: 'minutes-pass', minutes: last.hours * HOUR - 1 },
		{ kind: 'minutes-pass', minutes: 1 },
	];
	const reached = await reachedIn(setup, minutes);
	const first = Math.min(
		...reached.filter((one) => one.situation === situation).map(({ index }) => index),
	);
	return { setup, events: first === events.length ? minutes : events };
}
