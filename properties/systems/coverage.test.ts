import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTables, transitionCounts } from '../../model/system/tables.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { fromToken } from '../../model/vocabulary/stories/story.ts';
import { describe } from '../../scenarios/yaml/problem.ts';
import { plainSetup } from '../arbitraries/setup.ts';
import { alone, type Swarm, swarm } from '../arbitraries/swarm.ts';
import { unitSetup } from '../arbitraries/unit-setup.ts';
import { campaign } from '../trial/campaign.ts';
import { playScenario, scenariosIn } from '../trial/play-scenario.ts';
import { replaying, trial } from '../trial/trial.ts';
import { model } from './model.ts';

const ROOT = join(import.meta.dirname, '../..');
const filesIn = (folder: string): string[] =>
	readdirSync(join(ROOT, folder)).map((file) => join(ROOT, folder, file));

const tables = createTables();
const systems = [model(tables)];

async function playScenarios(): Promise<void> {
	for (const file of scenariosIn(join(ROOT, 'scenarios/stories'))) {
		const played = await playScenario(systems, file);
		if (played.kind === 'refused') throw new Error(played.problems.map(describe).join('\n'));
	}
}

async function playCorpus(): Promise<void> {
	for (const file of filesIn('properties/corpus').filter((name) => name.endsWith('.token'))) {
		const { setup, events } = fromToken(readFileSync(file, 'utf8').trim());
		await trial(systems, setup, replaying(events));
	}
}

/** Random stories with any faults, and with those that are rarely drawn together but take a transition only so. */
const SEARCHES: readonly {
	stories: number;
	setups: fc.Arbitrary<Setup>;
	swarms: fc.Arbitrary<Swarm>;
}[] = [
	{ stories: 1000, setups: plainSetup, swarms: swarm },
	{
		stories: 200,
		setups: plainSetup,
		swarms: fc.constant({ ...alone('request-forged'), 'hours-pass': 8 }),
	},
	{
		stories: 200,
		setups: plainSetup,
		swarms: fc.constant({ ...alone('user-aborts'), 'heartbeat-sent': 24 }),
	},
	{ stories: 300, setups: unitSetup, swarms: swarm },
	{
		stories: 200,
		setups: unitSetup,
		swarms: fc.constant({ ...alone('hours-pass'), 'minutes-pass': 24 }),
	},
];

const untaken = (): string[] =>
	transitionCounts(tables)
		.filter(({ count }) => count === 0)
		.map(({ machine, source, event, guard }) => `${machine}: ${source} on ${event} [${guard}]`);

test('every transition of every machine is taken by scenarios, corpus and random stories', async () => {
	expect(untaken().length).toBeGreaterThan(100);
	await playScenarios();
	await playCorpus();
	for (const { stories, setups, swarms } of SEARCHES) {
		const { found } = await campaign({
			systems,
			setups,
			swarms,
			seed: 1,
			length: 40,
			limit: { stories },
		});
		expect(found).toBeNull();
	}
	expect(untaken()).toEqual([]);
}, 120_000);
