import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromToken, type Story } from '../../model/vocabulary/stories/story.ts';
import { GENERATED_LENGTH } from '../arbitraries/length.ts';
import { generatedSetup } from '../arbitraries/setup.ts';
import { type Fault, faulty, overrideOf } from '../systems/fault.ts';
import { spaceOf } from '../tour/space.ts';
import { walked } from '../tour/walked.ts';
import { campaign } from '../trial/campaign.ts';
import { fallenHalves } from './fallen-halves.ts';
import { FAULTS } from './faults.ts';
import { HALVES } from './halves.ts';
import { DEVIATIONS } from './index.ts';
import { keptStory } from './kept-story.ts';

// Writes halves.ts anew: `npm run -s halves`; with ids, of these faults only, and of those that are new.

const CORPUS = join(import.meta.dirname, '../corpus');
const STORIES = 3000;

/** Stories in which a fault breaks a promise: its kept one, that of a tour, and a random one. */
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
	if (fault.told === 'soon' || fault.told === 'seldom') {
		const { found } = await campaign({
			systems: [faulty(fault, fault.id)],
			setups: generatedSetup,
			seed: 1,
			length: GENERATED_LENGTH,
			limit: { stories: STORIES },
		});
		if (found !== null) stories.push(found.story);
	}
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
