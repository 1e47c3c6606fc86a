import { expect, test } from 'vitest';
import { generatedSetup } from '../arbitraries/setup.ts';
import { holdingVersions } from '../arbitraries/version-holds.ts';
import { type Fault, faulty } from '../systems/fault.ts';
import { model } from '../systems/model.ts';
import { reference } from '../systems/reference.ts';
import type { System } from '../systems/system.ts';
import { campaign } from '../trial/campaign.ts';
import { fallenHalves } from './fallen-halves.ts';
import { HALVES } from './halves.ts';
import { REQUESTS } from './seeded/requests.ts';

/** Random stories that aim at what is asked of versions, which is held. */
const told = (systems: readonly System[], stories: number) =>
	campaign({
		systems,
		setups: generatedSetup,
		walks: holdingVersions,
		seed: 1,
		length: 80,
		limit: { stories },
	});

/** What is wrong only where something comes between the units of a version. */
const ON_THE_WAY = REQUESTS.filter(({ rules }) => rules?.comesTo !== undefined).map(
	(fault): [string, Fault] => [fault.id, fault],
);

test('what is wrong between two units of a version is found, with the promise that is broken', () => {
	expect(ON_THE_WAY).toHaveLength(2);
});

test.each(ON_THE_WAY)(
	'%s: found with no model beside it, by name, as each unit is to be come to',
	async (id, fault) => {
		const { found } = await told([faulty(fault, id)], 200);
		expect(found?.finding).toMatchObject({
			guarantee: fault.breaks[0],
			sentence: expect.stringContaining('but never came to'),
		});
		const halves = found === null ? [] : await fallenHalves(faulty(fault, id), found.story);
		expect(halves).toContain(`${fault.breaks[0]} each-unit`);
		expect(HALVES[id]).toEqual(expect.arrayContaining(halves));
	},
	60_000,
);

test('where nothing is wrong no promise falls, and both are put to the test', async () => {
	const { found, situations } = await told([model(), reference()], 40);
	expect(found).toBeNull();
	for (const half of ['C5 each-unit', 'S21 each-unit'])
		expect(situations.get(half)?.stories).toBeGreaterThan(5);
}, 60_000);
