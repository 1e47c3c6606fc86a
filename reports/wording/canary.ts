import type { Evidence } from '../evidence/evidence.ts';
import { plural } from './figures.ts';

type Canary = Pick<Evidence['canary'], 'caught' | 'stories'>;

/** What became of the canary: one that no story was told against was not released, which is not the same as missed. */
export const fateOf = ({ caught, stories }: Canary): 'caught' | 'missed' | 'not released' =>
	caught ? 'caught' : stories === 0 ? 'not released' : 'missed';

/** The same as what it was. A part of a run need not catch it. */
export function sayCanary(canary: Canary, shard: Evidence['shard']): string {
	const stories = plural(canary.stories, 'story');
	const fate = fateOf(canary);
	if (fate === 'caught') return `caught after ${stories}`;
	if (shard !== null) return `not caught in the ${stories} of this part`;
	return fate === 'missed' ? `NOT caught in ${stories}` : fate;
}

/** What follows for the rest where it was not caught. */
export const NOTHING_COUNTS = 'nothing here counts';
