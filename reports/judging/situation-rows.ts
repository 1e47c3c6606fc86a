import { SITUATIONS } from '../../model/guarantees/situations.ts';
import type { SituationEvidence } from '../evidence/evidence.ts';
import { listed, never } from './said.ts';

/** All situations stand there, each once, in their order; or none, in files of before. What is counted holds its parts. */
export const situationContradictions = (rows: readonly SituationEvidence[]): string[] =>
	rows.length === 0
		? []
		: [
				...listed(
					'situation',
					rows.map(({ name }) => name),
					SITUATIONS.map(({ name }) => name),
				),
				...rows.flatMap(({ name, sentence, guarantee, half, stories, events, certain }) => {
					const known = SITUATIONS.find((one) => one.name === name);
					return [
						...never(
							known !== undefined &&
								(known.sentence !== sentence ||
									known.guarantee !== guarantee ||
									known.half !== half),
							`the situation ${name} is not what it is (evidence of another version is made again)`,
						),
						...never(
							certain > stories || stories > events,
							`the situation ${name} is said to have been reached at ${events} events, in ${stories} stories, ${certain} of which every machine tells`,
						),
					];
				}),
			];
