import type { Guarantee } from '../../model/guarantees/guarantee.ts';
import { guarantees } from '../../model/guarantees/index.ts';
import type { Design } from '../../model/vocabulary/design.ts';
import { underDesign } from '../../model/vocabulary/setup.ts';
import { generatedSetup } from '../arbitraries/setup.ts';
import { model } from '../systems/model.ts';
import { reference } from '../systems/reference.ts';
import { campaign } from '../trial/campaign.ts';
import { shrink } from '../trial/shrink.ts';
import { Docket, sayFinding } from '../verification/docket.ts';
import { GENERATED_LENGTH } from '../verification/search.ts';
import type { DesignsOptions, Fallen, Profile } from './options.ts';

/** Random stories that are told for each design at the least, whatever falls in them. */
const STORIES: Record<Profile, number> = { quick: 200, standard: 3000, deep: 40_000 };

/** What random stories came to under one design, on the model and the reference in lockstep. */
export interface Told {
	/** Stories, steps and how often what mattered. */
	readonly tally: Docket['tally'];
	readonly fallen: readonly Fallen[];
	/** What is wrong with the systems themselves, if anything: then they show nothing. */
	readonly doubt: string | null;
}

/**
 * Tells random stories under a design. What is known to fall is not judged again; what falls here is noted with its
 * story, made short, and not judged in the stories that follow.
 */
export async function tell(
	design: Design,
	known: readonly string[],
	options: DesignsOptions,
): Promise<Told> {
	const { seed, signal, onPhase, against = reference() } = options;
	const stories = options.stories ?? STORIES[options.profile];
	const systems = [model(), against];
	const docket = new Docket();
	const fallen: Fallen[] = [];
	let judges: readonly Guarantee[] = guarantees.filter(({ id }) => !known.includes(id));
	for (let round = 0; docket.tally.stories < stories && signal?.aborted !== true; round++) {
		const result = await campaign({
			systems,
			setups: generatedSetup.map((setup) => underDesign(setup, design)),
			judges,
			seed: (seed + round) | 0,
			length: GENERATED_LENGTH,
			limit: { stories: stories - docket.tally.stories },
			signal,
			onProgress: (tally) =>
				onPhase?.(`${design}, random stories`, `${docket.tally.stories + tally.stories} stories`),
		});
		docket.add(result);
		if (result.found === null) continue;
		onPhase?.(`${design}, random stories`, 'shrinking what was found');
		const { story, finding } = await shrink(
			systems,
			result.found.story,
			result.found.finding,
			signal,
			judges,
		);
		if (finding.kind !== 'violated')
			return { tally: docket.tally, fallen, doubt: sayFinding(finding) };
		const { guarantee: id, sentence } = finding;
		fallen.push({ id, sentence, story, source: 'random stories' });
		judges = judges.filter((judge) => judge.id !== id);
	}
	return { tally: docket.tally, fallen, doubt: null };
}
