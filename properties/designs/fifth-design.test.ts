import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import type * as Reference from '../../impl/designs/index.ts';
import type * as Catalogue from '../../model/catalogue/index.ts';
import type * as Model from '../../model/designs/index.ts';
import type * as Vocabulary from '../../model/vocabulary/design.ts';
import { DesignsEvidence } from '../../reports/evidence/design-evidence.ts';
import { designContradictionsOf } from '../../reports/judging/design-contradictions.ts';
import { reviewMarkdown } from '../../reports/markdown/review.ts';
import { reviewOf } from '../../reports/testing/review.ts';
import { configurationsOf } from './exploration.ts';
import type * as Lines from './source-lines.ts';
import { tryDesigns } from './trial.ts';

/** A fifth design, as CONTRIBUTING has it: a name, an entry and two variants, which are here those of the third. */
const { FIFTH, serving } = vi.hoisted(() => ({
	FIFTH: 'fifth',
	/** The design whose variants serve. */
	serving: (design: string | undefined) =>
		design === 'fifth' ? 'auto-retry' : (design as Vocabulary.Design | undefined),
}));

vi.mock('../../model/vocabulary/design.ts', async (original) => {
	const { ENTRANCES } = await original<typeof Vocabulary>();
	const all = { ...ENTRANCES, [FIFTH]: ENTRANCES['auto-retry'] };
	return { ENTRANCES: all, Design: z.enum(Object.keys(all)) };
});
vi.mock('../../model/catalogue/index.ts', async (original) => {
	const { DESIGNS } = await original<typeof Catalogue>();
	const like = DESIGNS['auto-retry'];
	const claim = { ...like.verdict.claim, id: 'R5' };
	const entry = { ...like, option: 5, name: 'the fifth', verdict: { ...like.verdict, claim } };
	return { DESIGNS: { ...DESIGNS, [FIFTH]: entry } };
});
vi.mock('../../model/designs/index.ts', async (original) => {
	const { variantOf } = await original<typeof Model>();
	const served: typeof variantOf = ({ design }) => variantOf({ design: serving(design) });
	return { variantOf: served };
});
vi.mock('../../impl/designs/index.ts', async (original) => {
	const { referenceVariantOf } = await original<typeof Reference>();
	const served: typeof referenceVariantOf = (design, key) =>
		referenceVariantOf(serving(design) ?? 'flag', key);
	return { referenceVariantOf: served };
});
vi.mock('./source-lines.ts', async (original) => {
	const { linesOf } = await original<typeof Lines>();
	const served: typeof linesOf = (part, design) => linesOf(part, serving(design) ?? 'flag');
	return { linesOf: served };
});

test('a fifth design is put on trial, judged, kept and shown like the others', async () => {
	const options = { profile: 'quick', seed: 1, stories: 60 } as const;
	// One configuration shows it: trial.test.ts goes through all of them under each design.
	const configurations = configurationsOf(options).slice(0, 1);
	const evidence = await tryDesigns({ ...options, configurations });
	expect(evidence.designs.map(({ option }) => option)).toEqual([1, 2, 3, 4, 5]);
	expect(evidence.claims.at(-1)).toMatchObject({ id: 'R5', design: FIFTH, verdict: 'confirmed' });
	const [third, , fifth] = evidence.designs.slice(2);
	const verdicts = (one = third) => one?.cells.map(({ verdict }) => verdict);
	expect(verdicts(fifth)).toEqual(verdicts(third));
	const read = DesignsEvidence.parse(JSON.parse(JSON.stringify(evidence)));
	expect(designContradictionsOf(read)).toEqual([]);
	const page = reviewMarkdown(reviewOf({ designs: read }));
	expect(page).toMatch(/^\| guarantee \| 4: flag on the command \|.* \| 5: the fifth \|$/m);
	expect(page).toMatch(/^\| 5: the fifth \| ○ rejected \|.*\(R5\)/m);
}, 120_000);
