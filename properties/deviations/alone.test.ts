import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventKind } from '../../model/vocabulary/events/event.ts';
import { GENERATED_LENGTH } from '../arbitraries/length.ts';
import { generatedSetup } from '../arbitraries/setup.ts';
import { alone } from '../arbitraries/swarm.ts';
import { model } from '../systems/model.ts';
import { reference } from '../systems/reference.ts';
import { campaign } from '../trial/campaign.ts';
import { SEEDED, UNMET, UNPROMISED } from './seeded.ts';

/** Random stories of these systems, until something is found wrong; with one kind of event beside work, where it is told. */
const tell = (
	systems: Parameters<typeof campaign>[0]['systems'],
	stories: number,
	kind?: EventKind,
) =>
	campaign({
		systems,
		setups: generatedSetup,
		seed: 1,
		length: GENERATED_LENGTH,
		limit: { stories },
		...(kind === undefined ? {} : { swarms: fc.constant(alone(kind)) }),
	});

/** Stories that most are found in. */
const STORIES = 30;
/** Stories that all of them are found in. */
const MANY = 3000;
const isNightly = process.env['MULLIGAN_TESTS'] === 'nightly';

describe('with no model beside it, a promise is named that is broken', () => {
	test.each(Object.entries(SEEDED).filter(([, { seldom }]) => isNightly || seldom !== true))(
		'where %s',
		async (what, fault) => {
			const { found } = await tell(
				[reference(fault, what)],
				fault.seldom ? MANY : STORIES,
				fault.metBy,
			);
			expect(found?.finding).toMatchObject({ kind: 'violated', system: what });
		},
		60_000,
	);

	test('and none where nothing is wrong', async () => {
		expect((await tell([reference()], STORIES)).found).toBeNull();
	});
});

describe('no promise is named, and only a difference shows', () => {
	test.each(Object.entries(UNPROMISED))('where %s', async (what, fault) => {
		const systems = [reference(fault, what)];
		expect((await tell(systems, STORIES)).found).toBeNull();
		const { found } = await tell([model(), ...systems], MANY, fault.metBy);
		expect(found?.finding).toMatchObject({ kind: 'diverged' });
	});
});

// Whoever makes one of them seen moves it to those that are found.
describe.runIf(isNightly)('no random story meets it', () => {
	test.each(Object.entries(UNMET))(
		'where %s',
		async (what, fault) => {
			expect((await tell([model(), reference(fault, what)], MANY)).found).toBeNull();
		},
		120_000,
	);
});
