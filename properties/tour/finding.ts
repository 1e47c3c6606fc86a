import type { Event } from '../../model/vocabulary/events/event.ts';
import { designOf, type Setup, underDesign } from '../../model/vocabulary/setup.ts';
import { GENERATED_LENGTH } from '../arbitraries/length.ts';
import { generatedSetup } from '../arbitraries/setup.ts';
import type { System } from '../systems/system.ts';
import { type Named, named } from '../trial/named.ts';
import type { MoreStories } from '../trial/promise-behind.ts';
import { replaying, trial } from '../trial/trial.ts';

/** A reference that was put back shows something else than one that was told the same anew. */
export class NotPutBack extends Error {
	override name = 'NotPutBack';
}

/** A tour draws nothing: where it finds a difference only, these are told for the promise behind it. */
const GENERATED = { seed: 1, from: 0, length: GENERATED_LENGTH };

/**
 * What is wrong with the step that a tour found: its story is told anew, judged, made short, and named.
 *
 * @throws NotPutBack if nothing is wrong with a reference that is told the story anew.
 */
export async function findingOf(
	systems: readonly System[],
	setup: Setup,
	story: readonly Event[],
	{ signal, most }: Pick<MoreStories, 'signal' | 'most'> = {},
): Promise<Named> {
	const { finding, events } = await trial(systems, setup, replaying(story));
	if (finding === null)
		throw new NotPutBack(
			`the reference keeps something that a tour does not put back: told anew, it is as the model in ${JSON.stringify(story)}`,
		);
	const stories = {
		...{ ...GENERATED, signal, most },
		setups: generatedSetup.map((drawn) => underDesign(drawn, designOf(setup))),
	};
	return named(systems, { story: { setup, events }, finding }, stories);
}
