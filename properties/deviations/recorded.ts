import { guarantees } from '../../model/guarantees/index.ts';
import type { RecordedBug } from '../../reports/evidence/recorded-bug.ts';
import { fileOf } from './deviation.ts';
import { DEVIATIONS } from './index.ts';
import { keptStory } from './kept-story.ts';
import { REPRODUCED } from './reproduced.ts';

/** All deviations as they are told of: with the length of each one's story, and when it was last reproduced. */
export const recordedBugs = (corpus: string): RecordedBug[] =>
	DEVIATIONS.map((deviation) => ({
		ids: [deviation.id, ...(deviation.also ?? [])],
		symptom: deviation.symptom,
		where: deviation.where,
		breaks: deviation.breaks.map((id) => ({
			id,
			name: guarantees.find((one) => one.id === id)?.name ?? '',
		})),
		difference: deviation.difference ?? null,
		events: keptStory(deviation, corpus).events.length,
		long: deviation.long ?? null,
		story: fileOf(deviation),
		commit: REPRODUCED[deviation.id] ?? null,
	}));
