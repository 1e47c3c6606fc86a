import { readFileSync } from 'node:fs';
import { exercisedIn } from '../properties/trial/run-scenario.ts';
import { withShows } from '../scenarios/format/with-shows.ts';
import { repositoryTop } from '../scenarios/yaml/inside.ts';
import { rewriteFile } from '../scenarios/yaml/rewrite-file.ts';
import type { Played } from './replay-play.ts';

/**
 * Writes into a scenario that goes as it says what it puts to the test: all of it where it claims nothing, else without the
 * claims that are not true. Says what became of it; null: there is nothing to write.
 */
export function fix(file: string, { scenario, result, mismatches }: Played): string | null {
	if (scenario === null) return null;
	const tried = exercisedIn(result);
	const isTrue = scenario.shows.every((id) => tried.includes(id));
	if (scenario.shows.length > 0 && isTrue) return null;
	const stays = (why: string): string => `${file}: "shows" is not written, as ${why}`;
	const others = mismatches.filter(({ claim }) => claim !== 'shows');
	if (result.finding !== null || others.length > 0 || !result.rested)
		return stays('the story does not go as it says');
	if (tried.length === 0) return stays('nothing was put to the test');
	const kept = scenario.shows.filter((id) => tried.includes(id));
	const shows = kept.length > 0 ? kept : tried;
	const text = readFileSync(file, 'utf8').replace(/^\u{feff}/u, '');
	const written = withShows(text, shows);
	if (written.kind === 'left') return stays(written.why);
	const rewritten = rewriteFile(file, text, written.text, repositoryTop(file));
	return rewritten.kind === 'left'
		? stays(rewritten.why)
		: `${file}: wrote shows: [${shows.join(', ')}]`;
}
