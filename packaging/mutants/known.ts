import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromToken, type Story } from '../../model/vocabulary/stories/story.ts';
import { loadScenario } from '../../scenarios/format/load.ts';

const PLACE = join(import.meta.dirname, '../..');

export const CORPUS = join(PLACE, 'properties/corpus');

/** The corpus, and the scenarios that break no promise. */
export function knownStories(): Story[] {
	const filesOf = (folder: string): string[] =>
		readdirSync(folder).map((file) => join(folder, file));
	const kept = filesOf(CORPUS).map((file) => fromToken(readFileSync(file, 'utf8').trim()));
	const scenarios = filesOf(join(PLACE, 'scenarios/stories')).flatMap((file) => {
		const load = loadScenario(file, PLACE);
		if (load.kind === 'refused') throw new Error(`${file} cannot be told`);
		return load.scenario.breaks.length > 0 ? [] : [load.scenario.story];
	});
	return [...kept, ...scenarios];
}
