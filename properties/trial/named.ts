import { plural } from '../../model/vocabulary/plural.ts';
import type { SeenFirst } from '../../reports/evidence/seen-first.ts';
import { TEXT } from '../../reports/evidence/verdict.ts';
import type { System } from '../systems/system.ts';
import type { Found } from './campaign.ts';
import { judgesOf } from './judges-of.ts';
import { type MoreStories, promiseBehind } from './promise-behind.ts';
import { sayFinding, tokenOf } from './say-finding.ts';
import { type Shrunk, shrink } from './shrink.ts';

/** What was found, as short as it gets, and by the promise that is broken where there is one. */
export interface Named extends Shrunk {
	/** Where a difference was found, the stories that were told on for its promise; null: none had to be. */
	readonly more: number | null;
	/** The difference that was seen before the promise fell, as short as it gets; null: nothing was. */
	readonly first: Shrunk | null;
}

/**
 * Makes what was found as short as it gets. Where that is a difference only, the promise behind it is looked for in more
 * stories: then the story that breaks it is what was found, and the difference what was seen first.
 */
export async function named(
	systems: readonly System[],
	{ story, finding }: Pick<Found, 'story' | 'finding'>,
	more: MoreStories,
	judges = more.judges,
): Promise<Named> {
	const { signal } = more;
	const short = await shrink(systems, story, finding, signal, judges);
	if (short.finding.kind !== 'diverged') return { ...short, more: null, first: null };
	const { found, stories } = await promiseBehind(systems, short.finding, more);
	if (found === null) return { ...short, more: stories, first: null };
	const broken = await shrink(systems, found.story, found.finding, signal, judgesOf(found.finding));
	return { ...broken, more: stories, first: short };
}

/** One sentence for it; of what no promise names, that it is so. */
export const sayNamed = ({ finding, more }: Pick<Named, 'finding' | 'more'>): string =>
	finding.kind !== 'diverged' || more === null
		? sayFinding(finding)
		: `${sayFinding(finding)} (told as a difference only; ${plural(more, 'more story')} broke no promise)`;

/** What was seen first, as evidence says it; nothing where nothing was. */
export const seenFirstOf = ({ first, more }: Named): { seen_first?: SeenFirst } =>
	first === null
		? {}
		: {
				seen_first: {
					sentence: sayFinding(first.finding).slice(0, TEXT),
					events: first.story.events.length,
					token: tokenOf(first.story),
					stories: more ?? 0,
				},
			};
