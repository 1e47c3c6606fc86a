import type { Evidence } from '../evidence/evidence.ts';

/** What became of the canary: one that no story was told against was not released, which is not the same as missed. */
export const fateOf = ({
	caught,
	stories,
}: Pick<Evidence['canary'], 'caught' | 'stories'>): 'caught' | 'missed' | 'not released' =>
	caught ? 'caught' : stories === 0 ? 'not released' : 'missed';
