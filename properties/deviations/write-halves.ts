import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromToken, type Story } from '../../model/vocabulary/stories/story.ts';
import { GENERATED_LENGTH } from '../arbitraries/length.ts';
import { generatedSetup } from '../arbitraries/setup.ts';
import { holdingVersions } from '../arbitraries/version-holds.ts';
import { waysWithout } from '../steering/ways.ts';
import { type Fault, faulty, overrideOf } from '../systems/fault.ts';
import { spaceOf } from '../tour/space.ts';
import { walked } from '../tour/walked.ts';
import { type CampaignOptions, campaign } from '../trial/campaign.ts';
import { fallenHalves } from './fallen-halves.ts';
import { FAULTS } from './faults.ts';
import { HALVES } from './halves.ts';
import { DEVIATIONS } from './index.ts';
import { keptStory } from './kept-story.ts';

// Writes halves.ts anew: `npm run -s halves`; with ids, of these faults only, and of those that are new.

const CORPUS = join(import.meta.dirname, '../corpus');
const STORIES = 3000;
/** So many more stories than the first that shows a fault, for other promises that it breaks. */
const MORE_STORIES = 300;

/** Random stories in which a fault breaks a promise: as they are told, or led or aimed to where that is near. */
async function randomStories(
	fault: Fault,
	how: Pick<CampaignOptions, 'ways' | 'walks'> = {},
): Promise<Story[]> {
	const stories: Story[] = [];
	const ends = new AbortController();
	let last = Number.POSITIVE_INFINITY;
	await campaign({
		systems: [faulty(fault, fault.id)],
		setups: generatedSetup,
		...how,
		seed: 1,
		length: GENERATED_LENGTH,
		limit: { stories: STORIES },
		signal: ends.signal,
		onFound: async ({ story, place }) => {
			if (stories.at(-1) !== story) stories.push(story);
			last = Math.min(last, place + MORE_STORIES);
			if (place >= last || stories.length >= 20) ends.abort();
		},
	});
	return stories;
}

/** Stories in which a fault breaks a promise: its kept one, that of a tour, and random ones. */
async function storiesOf(fault: Fault): Promise<Story[]> {
	const stories: Story[] = [];
	const deviation = DEVIATIONS.find((one) => one === fault);
	if (deviation !== undefined) stories.push(keptStory(deviation, CORPUS));
	if (fault.toured !== undefined && fault.toured.breaks !== null) {
		const reference = overrideOf(fault);
		const { finding } = await walked({
			...spaceOf(fault.toured.by),
			extent: 'every step',
			reference,
		});
		if (finding?.token) stories.push(fromToken(finding.token));
	}
	if (fault.told === 'soon' || fault.told === 'seldom')
		stories.push(...(await randomStories(fault)));
	if (stories.length === 0 && fault.breaks.length > 0)
		stories.push(...(await randomStories(fault, { ways: waysWithout() })));
	if (stories.length === 0 && fault.breaks.length > 0)
		stories.push(...(await randomStories(fault, { walks: holdingVersions })));
	return stories;
}

const asked = process.argv.slice(2);
const rows: string[] = [];
for (const fault of FAULTS) {
	const known = HALVES[fault.id];
	const isKept = known !== undefined && asked.length > 0 && !asked.includes(fault.id);
	const halves = new Set(isKept ? known : []);
	for (const story of isKept ? [] : await storiesOf(fault))
		for (const half of await fallenHalves(faulty(fault, fault.id), story)) halves.add(half);
	rows.push(`\t${JSON.stringify(fault.id)}: ${JSON.stringify([...halves])},`);
}
writeFileSync(
	new URL('halves.ts', import.meta.url),
	[
		'// Made by `npm run -s halves`.',
		'',
		'/** The halves of promises that fall where a fault is found: in its kept story, in a tour, in a random story. */',
		'export const HALVES: Readonly<Record<string, readonly string[]>> = {',
		...rows,
		'};',
		'',
	].join('\n'),
);
