import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import type { System } from '../systems/system.ts';
import { type Shrunk, shrink } from '../trial/shrink.ts';
import { replaying, trial } from '../trial/trial.ts';

/** A reference that was put back shows something else than one that was told the same anew. */
export class NotPutBack extends Error {
	override name = 'NotPutBack';
}

/**
 * What is wrong with the step that a tour found: its story is told anew, judged, and made short.
 *
 * @throws NotPutBack if nothing is wrong with a reference that is told the story anew.
 */
export async function findingOf(
	systems: readonly System[],
	setup: Setup,
	story: readonly Event[],
	signal?: AbortSignal,
): Promise<Shrunk> {
	const { finding, events } = await trial(systems, setup, replaying(story));
	if (finding === null)
		throw new NotPutBack(
			`the reference keeps something that a tour does not put back: told anew, it is as the model in ${JSON.stringify(story)}`,
		);
	return shrink(systems, { setup, events }, finding, signal);
}
