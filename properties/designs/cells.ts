import { guarantees } from '../../model/guarantees/index.ts';
import type { DesignCell, DesignEvidence } from '../../reports/design-evidence.ts';
import { TEXT, tokenOf } from '../verification/docket.ts';
import type { Explored } from './exploration.ts';
import type { Fallen } from './options.ts';
import type { Told } from './stories.ts';

/** What each guarantee comes to under one design: violated beats unknown, unknown beats holds. */
export function cellsOf(
	explored: readonly Explored[],
	told: Told,
	interrupted: boolean,
): DesignCell[] {
	const doubt = interrupted ? 'the trial was interrupted' : told.doubt;
	return guarantees.map(({ id, kind }): DesignCell => {
		const shortest = shortestOf(
			[...explored.flatMap(({ fallen }) => fallen), ...told.fallen].filter((one) => one.id === id),
		);
		const holds = explored.filter((one) => one.holds.includes(id));
		const mattered = told.tally.mattered.get(id)?.stories ?? 0;
		const open = explored.find((one) => one.doubt !== null);
		const reason =
			doubt ??
			(open === undefined ? null : `${open.configuration}: ${open.doubt}`) ??
			(mattered === 0 && holds.length === 0
				? 'it never mattered'
				: kind === 'liveness' && told.tally.unrested > 0
					? `${told.tally.unrested} stories did not come to rest`
					: null);
		const found = shortest === null ? [] : [shortest.source];
		return {
			guarantee: id,
			verdict: shortest !== null ? 'violated' : reason === null ? 'holds' : 'unknown',
			reason: shortest !== null ? null : (reason?.slice(0, TEXT) ?? null),
			stories: mattered,
			configurations: shortest === null ? holds.map((one) => one.configuration) : found,
			sentence: shortest?.sentence.slice(0, TEXT) ?? null,
			events: shortest?.story.events.length ?? null,
			token: shortest === null ? null : tokenOf(shortest.story),
		};
	});
}

/** The checker's stories come first: they are the shortest there are within its bound. */
function shortestOf(fallen: readonly Fallen[]): Fallen | null {
	return fallen.reduce<Fallen | null>(
		(best, one) =>
			best === null || one.story.events.length < best.story.events.length ? one : best,
		null,
	);
}

/** What the cells of a design come to together. */
export function verdictOf(cells: readonly DesignCell[]): DesignEvidence['verdict'] {
	if (cells.some(({ verdict }) => verdict === 'violated')) return 'violated';
	return cells.some(({ verdict }) => verdict === 'unknown') ? 'unknown' : 'holds';
}
