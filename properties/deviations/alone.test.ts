import { describe, expect, test } from 'vitest';
import { isNightly } from '../../packaging/levels/levels.ts';
import { GENERATED_LENGTH } from '../arbitraries/length.ts';
import { generatedSetup } from '../arbitraries/setup.ts';
import { type Fault, faulty, mayBreak } from '../systems/fault.ts';
import { model } from '../systems/model.ts';
import { reference } from '../systems/reference.ts';
import { campaign } from '../trial/campaign.ts';
import { fallenHalves } from './fallen-halves.ts';
import { FAULTS } from './faults.ts';
import { HALVES } from './halves.ts';

/** Random stories of these systems, until something is found wrong. */
const tell = (systems: Parameters<typeof campaign>[0]['systems'], stories: number) =>
	campaign({
		systems,
		setups: generatedSetup,
		seed: 1,
		length: GENERATED_LENGTH,
		limit: { stories },
	});

/** Stories that most are found in: with every kind of event that there is, each is drawn less often. */
const SOON = 120;
/** Stories in which what no promise names is seen to differ, and nothing is found wrong where nothing is. */
const STORIES = 30;
/** Stories that all of them are found in. */
const MANY = 3000;

const thoseTold = (how: Fault['told']) =>
	FAULTS.filter(({ told }) => told === how).map((fault) => [fault.id, fault] as const);

describe('with no model beside it, a promise is named that is broken', () => {
	const seldom = isNightly ? thoseTold('seldom') : [];
	test.each([...thoseTold('soon'), ...seldom])(
		'where %s',
		async (id, fault) => {
			const { found } = await tell([faulty(fault, id)], fault.told === 'seldom' ? MANY : SOON);
			expect(found?.finding).toMatchObject({
				kind: 'violated',
				system: id,
				guarantee: expect.toSatisfy((named) => mayBreak(fault).includes(named)),
			});
			if (found === null) return;
			const halves = await fallenHalves(faulty(fault, id), found.story);
			expect(HALVES[id]).toEqual(expect.arrayContaining(halves));
		},
		60_000,
	);

	test('and none where nothing is wrong', async () => {
		expect((await tell([reference()], STORIES)).found).toBeNull();
	});
});

describe('no promise is named, and only a difference shows', () => {
	test.each(thoseTold('difference'))('where %s', async (id, fault) => {
		const systems = [faulty(fault, id)];
		expect((await tell(systems, STORIES)).found).toBeNull();
		const { found } = await tell([model(), ...systems], MANY);
		expect(found?.finding).toMatchObject({ kind: 'diverged' });
	});
});

// Whoever makes one of them seen moves it to those that are found.
describe.runIf(isNightly)('no random story meets it', () => {
	test.each(thoseTold('unmet'))(
		'where %s',
		async (id, fault) => {
			expect((await tell([model(), faulty(fault, id)], MANY)).found).toBeNull();
		},
		120_000,
	);
});
