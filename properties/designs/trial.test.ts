import { expect, test } from 'vitest';
import { DESIGNS } from '../../model/catalogue/index.ts';
import { guarantees } from '../../model/guarantees/index.ts';
import { Design } from '../../model/vocabulary/design.ts';
import { designOf } from '../../model/vocabulary/setup.ts';
import { fromToken } from '../../model/vocabulary/stories/story.ts';
import type { DesignsEvidence } from '../../reports/evidence/design-evidence.ts';
import { model } from '../systems/model.ts';
import { reference } from '../systems/reference.ts';
import { withoutHistory } from '../testing/tampered.ts';
import { replaying, trial } from '../trial/trial.ts';
import { tryDesigns } from './trial.ts';

let known: Promise<DesignsEvidence> | null = null;

/** The quick trial with few random stories, made once. */
const quick = (): Promise<DesignsEvidence> => {
	known ??= tryDesigns({ profile: 'quick', seed: 1, stories: 200 });
	return known;
};

const cellsOf = async (design: Design) =>
	(await quick()).designs.find((one) => one.design === design)?.cells ?? [];

const fallen = async (design: Design): Promise<string[]> =>
	(await cellsOf(design)).flatMap(({ guarantee, verdict }) =>
		verdict === 'violated' ? [guarantee] : [],
	);

test('each design has a cell for every guarantee and the same rows of facts', async () => {
	const { designs } = await quick();
	expect(designs.map(({ design, option }) => [option, design])).toEqual(
		Design.options.map((design, place) => [place + 1, design]),
	);
	for (const { cells, facts } of designs) {
		expect(cells.map(({ guarantee }) => guarantee)).toEqual(guarantees.map(({ id }) => id));
		expect(facts.map(({ id }) => id)).toEqual(designs[0]?.facts.map(({ id }) => id));
	}
}, 180_000);

test.each(Design.options)(
	'under %s exactly that falls which is known to',
	async (design) => {
		expect(await fallen(design)).toEqual(DESIGNS[design].known.falls);
	},
	180_000,
);

test.each(Design.options)(
	'each story of what falls under %s shows just that on the model and the reference',
	async (design) => {
		for (const { guarantee, token, events } of await cellsOf(design)) {
			if (token === null) continue;
			const story = fromToken(token);
			expect(designOf(story.setup)).toBe(design);
			expect(story.events).toHaveLength(events ?? 0);
			const systems = [model(), reference()];
			const { broken } = await trial(systems, story.setup, replaying(story.events), { goOn: true });
			const found = broken.find((one) => one.guarantee === guarantee);
			expect({ guarantee, at: found?.index }).toEqual({ guarantee, at: (events ?? 0) - 1 });
		}
	},
	180_000,
);

test('each claim is confirmed by the cells that it rests on', async () => {
	const { claims } = await quick();
	expect(claims.map(({ id, design, verdict }) => [id, design, verdict])).toEqual(
		Design.options.map((design, place) => [`R${place + 1}`, design, 'confirmed']),
	);
}, 180_000);

test('a reference that goes its own way leaves nothing but what the checker found', async () => {
	const { designs, claims } = await tryDesigns({
		profile: 'quick',
		seed: 1,
		stories: 40,
		configurations: [],
		against: withoutHistory('forgetful'),
	});
	expect(designs.map(({ verdict }) => verdict)).not.toContain('holds');
	expect(claims.find(({ id }) => id === 'R4')?.verdict).not.toBe('confirmed');
}, 60_000);

test('a trial that was interrupted says of nothing that it holds', async () => {
	const { designs, claims } = await tryDesigns({
		profile: 'quick',
		seed: 1,
		signal: AbortSignal.abort(),
	});
	const verdicts = new Set(designs.flatMap(({ cells }) => cells.map(({ verdict }) => verdict)));
	expect(verdicts).not.toContain('holds');
	expect(claims.find(({ id }) => id === 'R4')?.verdict).toBe('not shown');
}, 60_000);
