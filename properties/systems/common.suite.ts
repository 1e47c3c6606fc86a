import { basename, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTables } from '../../model/system/tables.ts';
import { Observation } from '../../model/vocabulary/observation.ts';
import type { Story } from '../../model/vocabulary/stories/story.ts';
import { describe as say } from '../../scenarios/yaml/problem.ts';
import { generatedSetup } from '../arbitraries/setup.ts';
import { swarm } from '../arbitraries/swarm.ts';
import { walk } from '../arbitraries/walk.ts';
import { campaign } from '../trial/campaign.ts';
import { playScenario, scenariosIn } from '../trial/play-scenario.ts';
import { trial } from '../trial/trial.ts';
import { model } from './model.ts';
import type { System } from './system.ts';

/** A case of the suite that a system does not take part in, and why not. */
export interface Skip {
	readonly id: string;
	readonly reason: string;
}

/** What every system must stand; `play` throws when one does not. */
export interface Case {
	readonly id: string;
	readonly name: string;
	/** Why the case is skipped; it shows in the name. */
	readonly skipped: string | null;
	play(system: System): Promise<void>;
}

const SCENARIOS = scenariosIn(join(import.meta.dirname, '../../scenarios/stories'));
const STORIES = 10;
const LENGTH = 60;

/** All cases, those to be skipped marked as such. */
export function casesOf(skips: readonly Skip[]): Case[] {
	const all: Omit<Case, 'skipped'>[] = [
		...SCENARIOS.map((file) => ({
			id: `scenario: ${basename(file)}`,
			name: `replays: ${basename(file, '.yml')}`,
			play: (system: System) => replays(system, file),
		})),
		{ id: 'deterministic', name: 'shows the same when the same story is told again', play: twice },
		{ id: 'valid', name: 'shows observations that keep to the schema', play: keepsToSchema },
		{ id: 'kept', name: 'never changes an observation once it was shown', play: keepsItsWord },
		{ id: 'fresh', name: 'shares nothing between two runs at the same time', play: interleaved },
		{ id: 'guarantees', name: 'holds all guarantees in random stories', play: holds },
	];
	for (const { id } of skips)
		if (!all.some((one) => one.id === id)) throw new RangeError(`there is no case "${id}" to skip`);
	return all.map((one) => {
		const skipped = skips.find(({ id }) => id === one.id)?.reason ?? null;
		return { ...one, skipped, name: skipped === null ? one.name : `${one.name} (${skipped})` };
	});
}

/** The suite that every system passes, whatever it is made of. */
export function commonSuite(make: () => System, skips: readonly Skip[] = []): void {
	describe(`the common suite on: ${make().name}`, () => {
		for (const { name, skipped, play } of casesOf(skips))
			test.skipIf(skipped !== null)(name, () => play(make()));
	});
}

async function replays(system: System, file: string): Promise<void> {
	const played = await playScenario([system], file);
	if (played.kind === 'refused') throw new Error(played.problems.map(say).join('\n'));
	if (played.kind !== 'played') throw new RangeError('no scenario is passed over');
	expect(played.result.finding).toBeNull();
	expect(played.mismatches).toEqual([]);
	expect(played.result.rested).toBe(true);
}

/** Random stories, told by the model; the same for every system. */
async function randomStories(): Promise<Story[]> {
	const teller = model(createTables());
	const drawn = fc.sample(fc.tuple(generatedSetup, swarm, fc.nat()), { seed: 5, numRuns: STORIES });
	const stories: Story[] = [];
	for (const [setup, kinds, seed] of drawn) {
		const next = walk(setup, kinds, seed, LENGTH);
		const { events } = await trial([teller], setup, next, { rest: false });
		stories.push({ setup, events });
	}
	return stories;
}

/** Everything that is shown in a story, from before its first event on. */
async function shown(system: System, { setup, events }: Story): Promise<Observation[]> {
	const run = await system.start(setup);
	const seen = [run.seen];
	for (const event of events) {
		const observation = await run.apply(event);
		expect(run.seen).toBe(observation);
		seen.push(observation);
	}
	await run.stop();
	return seen;
}

async function twice(system: System): Promise<void> {
	for (const story of await randomStories())
		expect(await shown(system, story)).toEqual(await shown(system, story));
}

async function keepsToSchema(system: System): Promise<void> {
	for (const story of await randomStories())
		for (const seen of await shown(system, story)) expect(Observation.parse(seen)).toEqual(seen);
}

async function keepsItsWord(system: System): Promise<void> {
	for (const { setup, events } of await randomStories()) {
		const run = await system.start(setup);
		const seen: [observation: Observation, asShown: string][] = [];
		const keep = (observation: Observation) =>
			seen.push([observation, JSON.stringify(observation)]);
		keep(run.seen);
		for (const event of events) keep(await run.apply(event));
		await run.stop();
		for (const [observation, asShown] of seen) expect(JSON.stringify(observation)).toBe(asShown);
	}
}

async function interleaved(system: System): Promise<void> {
	const stories = await randomStories();
	const alone: Observation[][] = [];
	for (const story of stories) alone.push(await shown(system, story));
	const runs = await Promise.all(stories.map(({ setup }) => system.start(setup)));
	for (let turn = 0; turn < LENGTH; turn++)
		for (const [place, run] of runs.entries()) {
			const event = stories[place]?.events[turn];
			if (event === undefined) continue;
			expect(await run.apply(event)).toEqual(alone[place]?.[turn + 1]);
		}
	for (const run of runs) await run.stop();
}

async function holds(system: System): Promise<void> {
	const result = await campaign({
		systems: [system],
		setups: generatedSetup,
		seed: 11,
		length: 40,
		limit: { stories: 80 },
	});
	expect(result.found).toBeNull();
	expect(result.unrested).toBe(0);
	expect(result.stories).toBe(80);
}
