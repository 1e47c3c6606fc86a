import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTables } from '../model/system/tables.ts';
import { fromToken, toToken } from '../model/vocabulary/stories/story.ts';
import { generatedSetup } from './arbitraries/setup.ts';
import { alone, OPTIONAL, plain, type Swarm } from './arbitraries/swarm.ts';
import { CANARIES } from './deviations/canaries.ts';
import { model } from './systems/model.ts';
import { reference } from './systems/reference.ts';
import type { System } from './systems/system.ts';
import { type CampaignResult, campaign } from './trial/campaign.ts';
import { sayFinding } from './trial/say-finding.ts';
import { shrink } from './trial/shrink.ts';
import { replaying, trial } from './trial/trial.ts';

const tables = createTables();
const BOTH = [model(tables), reference()];

interface Search {
	seed: number;
	stories: number;
	swarm?: Swarm;
	systems?: readonly System[];
}

function search({ seed, stories, swarm, systems = BOTH }: Search): Promise<CampaignResult> {
	return campaign({
		systems,
		setups: generatedSetup,
		...(swarm === undefined ? {} : { swarms: fc.constant(swarm) }),
		seed,
		length: 40,
		limit: { stories },
	});
}

/** What was found, in one sentence, with the seed and the line that replays the shrunk story. */
async function say(
	{ seed, systems = BOTH }: Search,
	{ found }: CampaignResult,
): Promise<string | null> {
	if (found === null) return null;
	const { story, finding } = await shrink(systems, found.story, found.finding);
	return `seed ${seed}: ${sayFinding(finding)}\nnpx mulligan replay ${toToken(story)}`;
}

async function agree(given: Search): Promise<CampaignResult> {
	const result = await search(given);
	expect(await say(given, result)).toBeNull();
	expect(result).toMatchObject({ stories: given.stories, unrested: 0 });
	return result;
}

describe('model and reference show the same and keep all guarantees', () => {
	test.each([1, 20, 300])('in random stories with faults of every kind, seed %i', async (seed) => {
		const { exercised } = await agree({ seed, stories: 150 });
		expect(exercised.size).toBeGreaterThan(20);
	});

	test.each([4, 50])('in plain stories, seed %i', async (seed) => {
		await agree({ seed, stories: 80, swarm: plain });
	});

	test.each(OPTIONAL)('in stories where nothing but work and %s happens', async (kind) => {
		await agree({ seed: 6, stories: 25, swarm: alone(kind) });
	});
});

describe.each(CANARIES)('the canary $name', ({ system }) => {
	test.each([1, 2])('is caught in a short story, seed %i', async (seed) => {
		const systems = [model(tables), system];
		const { found } = await search({ seed, stories: 2000, systems });
		if (found === null) throw new Error('it was not caught');
		const { story, finding } = await shrink(systems, found.story, found.finding);
		expect(story.events.length).toBeLessThanOrEqual(12);
		const { finding: again } = await trial(systems, story.setup, replaying(story.events));
		expect(again).toEqual(finding);
	});
});

test('what is found is told with the seed and a token that replays it', async () => {
	const given = { seed: 1, stories: 500, systems: [model(tables), CANARIES[1]?.system ?? model()] };
	const said = await say(given, await search(given));
	const [first, second] = said?.split('\n') ?? [];
	expect(first).toMatch(/^seed 1: ./);
	const { setup, events } = fromToken(second?.replace('npx mulligan replay ', '') ?? '');
	expect((await trial(given.systems, setup, replaying(events))).finding).not.toBeNull();
	expect((await trial(BOTH, setup, replaying(events))).finding).toBeNull();
});
