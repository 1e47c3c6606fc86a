import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { guarantees } from '../../model/guarantees/index.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import { fromToken } from '../../model/vocabulary/stories/story.ts';
import { replaying, trial } from '../trial/trial.ts';
import { type DeployedName, deployed } from './index.ts';

/** A promise that a deployed system breaks, and the shortest of the kept stories that shows it. */
export interface Fallen {
	readonly guarantee: string;
	readonly sentence: string;
	/** The kept story, as a file of the corpus. */
	readonly file: string;
	/** Its events up to the one at which the promise breaks. */
	readonly events: readonly Event[];
	/** Whether it breaks only when the story comes to rest. */
	readonly atRest: boolean;
}

/** Tells all kept stories of a deployed system: each promise that breaks, once, in the order of the promises. */
export async function fallenOf(name: DeployedName, corpus: string): Promise<Fallen[]> {
	const shortest = new Map<string, Fallen>();
	for (const file of readdirSync(corpus).filter((one) => one.endsWith('.token'))) {
		const { setup, events } = fromToken(readFileSync(join(corpus, file), 'utf8').trim());
		const told = await trial([deployed(name)], setup, replaying(events), { goOn: true });
		for (const { guarantee, sentence, index } of told.broken) {
			const until = told.events.slice(0, index + 1);
			const known = shortest.get(guarantee);
			if (known !== undefined && known.events.length <= until.length) continue;
			const atRest = index >= told.events.length;
			shortest.set(guarantee, { guarantee, sentence, file, events: until, atRest });
		}
	}
	return guarantees.flatMap(({ id }) => shortest.get(id) ?? []);
}
