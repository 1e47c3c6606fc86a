import { pathTo } from '../../model/checker/engine/explore/path.ts';
import { judging } from '../../model/guarantees/judge.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import { HOUR, type Setup } from '../../model/vocabulary/setup.ts';
import type { Story } from '../../model/vocabulary/stories/story.ts';
import { model } from '../systems/model.ts';
import type { Space } from '../tour/space.ts';

/** States of a space to which the way is looked at: spread evenly over all of them. */
const SAMPLE = 400;

/** By situation: the shortest story, of those looked at, whose last event puts it to the test. */
export async function storiesIn({
	configuration,
	exploration,
}: Space): Promise<ReadonlyMap<string, Story>> {
	const { setup } = configuration;
	const { count } = exploration.states;
	const shortest = new Map<string, Story>();
	const looked = Math.min(SAMPLE, count - 1);
	for (let place = 1; place <= looked; place++) {
		const path = pathTo(exploration, Math.floor((place * (count - 1)) / looked));
		const events = path.map(({ event }) => event);
		for (const [name, index] of await reachedIn(setup, events)) {
			const known = shortest.get(name)?.events.length ?? Number.POSITIVE_INFINITY;
			if (index + 1 < known) shortest.set(name, { setup, events: events.slice(0, index + 1) });
		}
	}
	const near = new Map<string, Story>();
	for (const [name, story] of shortest) near.set(name, await upToTheMinute(name, story));
	return near;
}

/** By situation: the index of the first event of a story, told of the model, that puts it to the test. */
export async function reachedIn(
	setup: Setup,
	events: readonly Event[],
): Promise<ReadonlyMap<string, number>> {
	const run = await model().start(setup);
	const judge = judging(setup, run.seen);
	const reached = new Map<string, number>();
	for (const [index, event] of events.entries()) {
		const before = run.seen;
		await run.apply(event);
		judge.step({ setup, before, event, after: run.seen });
		for (const name of judge.situations().keys()) if (!reached.has(name)) reached.set(name, index);
	}
	await run.stop();
	return reached;
}

/** What the last hours bring about is near when their last minute is left, where it is that minute that does. */
async function upToTheMinute(name: string, { setup, events }: Story): Promise<Story> {
	const last = events.at(-1);
	if (last?.kind !== 'hours-pass') return { setup, events };
	const minutes: Event[] = [
		...events.slice(0, -1),
		{ kind: 'minutes-pass', minutes: last.hours * HOUR - 1 },
		{ kind: 'minutes-pass', minutes: 1 },
	];
	const reached = (await reachedIn(setup, minutes)).get(name);
	return { setup, events: reached === events.length ? minutes : events };
}
