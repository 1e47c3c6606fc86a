import { describe, expect, test } from 'vitest';
import { generatedSetup } from '../arbitraries/setup.ts';
import { model } from '../systems/model.ts';
import { reference } from '../systems/reference.ts';
import { campaign } from '../trial/campaign.ts';
import { GENERATED_LENGTH } from '../verification/search.ts';
import { SEEDED, UNPROMISED } from './seeded.ts';

/** Random stories of these systems, until something is found wrong. */
const tell = (systems: Parameters<typeof campaign>[0]['systems'], stories: number) =>
	campaign({
		systems,
		setups: generatedSetup,
		seed: 1,
		length: GENERATED_LENGTH,
		limit: { stories },
	});

/** Stories that most are found in; the others need stories that random ones seldom tell, and are in the corpus. */
const STORIES = 30;
const common = Object.entries(SEEDED).filter(([, { seldom }]) => seldom !== true);

describe('with no model beside it, a promise is named that is broken', () => {
	test.each(common)('where %s', async (what, fault) => {
		const { found } = await tell([reference(fault, what)], STORIES);
		expect(found?.finding).toMatchObject({ kind: 'violated', system: what });
	});

	test('and none where nothing is wrong', async () => {
		expect((await tell([reference()], STORIES)).found).toBeNull();
	});
});

describe('no promise is named, and only a difference shows', () => {
	test.each(Object.entries(UNPROMISED))('where %s', async (what, fault) => {
		const systems = [reference(fault, what)];
		expect((await tell(systems, STORIES)).found).toBeNull();
		const { found } = await tell([model(), ...systems], STORIES);
		expect(found?.finding).toMatchObject({ kind: 'diverged' });
	});
});
