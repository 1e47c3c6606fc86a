import type { Guarantee } from '../../model/guarantees/guarantee.ts';
import { guarantees } from '../../model/guarantees/index.ts';
import type { Design } from '../../model/vocabulary/design.ts';
import { plural } from '../../model/vocabulary/plural.ts';
import { underDesign } from '../../model/vocabulary/setup.ts';
import type { DesignPart, FallenEvidence } from '../../reports/evidence/design-evidence.ts';
import { TEXT } from '../../reports/evidence/verdict.ts';
import { RANDOM_STORIES } from '../../reports/judging/designs.ts';
import { GENERATED_LENGTH } from '../arbitraries/length.ts';
import { generatedSetup } from '../arbitraries/setup.ts';
import { model } from '../systems/model.ts';
import { reference } from '../systems/reference.ts';
import { campaign } from '../trial/campaign.ts';
import { named, sayNamed } from '../trial/named.ts';
import { Results } from '../verification/results.ts';
import { type DesignsOptions, fallenOf, type Profile } from './options.ts';

/** Random stories that are told for each design with all judges that are left. */
const STORIES: Record<Profile, number> = { quick: 200, standard: 3000, deep: 40_000 };

/**
 * Tells random stories under a design. What is known to fall is not judged again; what falls here is noted with its
 * story, made short, and the same stories are told anew without its judge, until nothing falls any more. So what falls
 * in the end is the same, whatever was known: the checker may have found it in another part of the run.
 */
export async function tell(
	design: Design,
	known: readonly string[],
	options: DesignsOptions,
): Promise<DesignPart> {
	const { seed, signal, onPhase, against = reference() } = options;
	const stories = options.stories ?? STORIES[options.profile];
	const systems = [model(), against];
	const setups = generatedSetup.map((setup) => underDesign(setup, design));
	const results = new Results();
	const fallen: FallenEvidence[] = [];
	const part = (doubt: string | null): DesignPart => partOf(results, fallen, doubt);
	let judges: readonly Guarantee[] = guarantees.filter(({ id }) => !known.includes(id));
	for (;;) {
		const result = await campaign({
			systems,
			setups,
			judges,
			seed,
			length: GENERATED_LENGTH,
			limit: { stories },
			signal,
			onProgress: (tally) =>
				onPhase?.(
					`${design}, random stories`,
					plural(results.tally.stories + tally.stories, 'story'),
				),
		});
		results.add(result);
		if (result.found === null) return part(null);
		onPhase?.(`${design}, random stories`, 'shrinking what was found');
		const told = await named(systems, result.found, {
			...{ setups, judges, seed, length: GENERATED_LENGTH, signal },
			...{ from: result.found.place + 1, most: stories },
		});
		const { story, finding } = told;
		if (finding.kind !== 'violated') return part(sayNamed(told).slice(0, TEXT));
		const { guarantee: id, sentence } = finding;
		fallen.push(fallenOf(id, sentence, story));
		judges = judges.filter((judge) => judge.id !== id);
	}
}

const partOf = (
	{ tally: { stories, unrested, exercised } }: Results,
	fallen: FallenEvidence[],
	doubt: string | null,
): DesignPart => ({
	name: RANDOM_STORIES,
	doubt,
	states: 0,
	stories,
	unrested,
	holds: [],
	exercised: Object.fromEntries([...exercised].map(([id, often]) => [id, often.stories])),
	fallen,
});
