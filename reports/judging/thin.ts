import { WITNESSES } from '../../model/guarantees/situations.ts';
import type { Evidence, SituationEvidence } from '../evidence/evidence.ts';

/**
 * Fewest stories in which a half of a guarantee is to be put to the test, of those that are told on every machine: so
 * a busy one says the same.
 */
export const FLOOR_STORIES = 5;

const OF_HALVES: ReadonlySet<string> = new Set(WITNESSES.map(({ name }) => name));

/**
 * The halves that were hardly put to the test, of guarantees that hold: their verdict stands, and is told as thin. None
 * of a part, and of a file of before situations were counted.
 */
export const thinHalves = ({
	guarantees,
	situations,
	shard,
}: Pick<Evidence, 'guarantees' | 'situations' | 'shard'>): SituationEvidence[] => {
	if (shard !== null) return [];
	const held = new Set(guarantees.filter(({ verdict }) => verdict === 'holds').map(({ id }) => id));
	return situations.filter(
		({ name, guarantee, certain }) =>
			OF_HALVES.has(name) && held.has(guarantee) && certain < FLOOR_STORIES,
	);
};
