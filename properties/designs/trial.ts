import { DESIGNS } from '../../model/catalogue/index.ts';
import { Design } from '../../model/vocabulary/design.ts';
import { type DesignPart, DesignsEvidence } from '../../reports/evidence/design-evidence.ts';
import { isIn, WHOLE } from '../../reports/evidence/shard.ts';
import { judgeDesigns, type TriedDesigns } from '../../reports/judging/designs.ts';
import { configurationsOf, explore } from './exploration.ts';
import { factsOf } from './facts.ts';
import type { DesignsOptions } from './options.ts';
import { tell } from './stories.ts';

/** Puts all designs on trial, alike, and says what became of the claims about them. */
export async function tryDesigns(options: DesignsOptions): Promise<DesignsEvidence> {
	const begun = performance.now();
	const { profile, seed, shard, run } = options;
	const designs: TriedDesigns['designs'][number][] = [];
	for (const design of Design.options)
		designs.push({
			design,
			option: DESIGNS[design].option,
			summary: DESIGNS[design].summary,
			parts: await tryDesign(design, options),
			facts: await factsOf(design),
		});
	return DesignsEvidence.parse(
		judgeDesigns({
			format: 'mulligan designs',
			version: 1,
			mulligan: run?.mulligan ?? 'not known',
			commit: run?.commit ?? null,
			shard: shard ?? null,
			allowed: run?.allowed ?? [],
			created_at: new Date().toISOString(),
			profile,
			seed,
			node: process.version,
			seconds: (performance.now() - begun) / 1000,
			interrupted: options.signal?.aborted === true,
			designs,
		}),
	);
}

/** Every configuration and all random stories of every design are one thing to do, which belongs to one part of the run. */
async function tryDesign(design: Design, options: DesignsOptions): Promise<DesignPart[]> {
	const { shard = WHOLE } = options;
	const all = configurationsOf(options);
	const first = Design.options.indexOf(design) * (all.length + 1);
	const mine = all.filter((_, place) => isIn(shard, first + place));
	const explored = await explore(design, mine, options);
	if (!isIn(shard, first + all.length)) return explored;
	const known = explored.flatMap(({ fallen }) => fallen.map(({ guarantee }) => guarantee));
	return [...explored, await tell(design, known, options)];
}
