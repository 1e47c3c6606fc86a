import { describe, expect, test } from 'vitest';
import { GENERATED_LENGTH } from '../arbitraries/length.ts';
import { generatedSetup } from '../arbitraries/setup.ts';
import { CANARIES } from '../deviations/canaries.ts';
import { SEEDED } from '../deviations/seeded/index.ts';
import { faulty } from '../systems/fault.ts';
import { model } from '../systems/model.ts';
import { reference } from '../systems/reference.ts';
import type { System } from '../systems/system.ts';
import { SETUP } from '../testing/stories.ts';
import { tampered } from '../testing/tampered.ts';
import { campaign, type Found } from './campaign.ts';
import { type Named, named, sayNamed, seenFirstOf } from './named.ts';
import { type MoreStories, promiseBehind } from './promise-behind.ts';
import { replaying, trial } from './trial.ts';

const more = (most: number, from = 0): MoreStories => ({
	...{ setups: generatedSetup, seed: 1, length: GENERATED_LENGTH, from, most },
});

/** Whoever has no secret may mark: his mark is answered otherwise, and heeded where it may be one. */
const LAX = CANARIES.find(({ name }) => name === 'mark accepted without secret')?.system;
const lax = LAX ?? reference();

const FORGED = {
	setup: SETUP,
	events: [
		{ kind: 'request-forged', route: 'mark', task: 't1', host: 'h1', credentials: 'none' } as const,
	],
};

async function foundIn(systems: readonly System[], story: Found['story']): Promise<Found> {
	const { finding } = await trial(systems, story.setup, replaying(story.events));
	if (finding === null) throw new Error('nothing is wrong');
	return { story, finding, place: 0 };
}

describe('what shows as a difference first', () => {
	test('is told by the promise that falls in a later story, and the difference is kept', async () => {
		const systems = [model(), lax];
		const found = await foundIn(systems, FORGED);
		expect(found.finding.kind).toBe('diverged');
		const told = await named(systems, found, more(200));
		expect(told.finding).toMatchObject({ kind: 'violated', guarantee: 'S8', system: lax.name });
		expect(told.first?.story.events).toEqual(FORGED.events);
		expect(seenFirstOf(told)).toMatchObject({
			seen_first: { events: 1, stories: told.more, sentence: expect.stringContaining('differ in') },
		});
		expect(sayNamed(told)).not.toContain('difference');
		// Its story shows it with the model beside, and the correct reference keeps the promise in it.
		const { setup, events } = told.story;
		const again = await trial(systems, setup, replaying(events));
		expect(again.finding).toEqual(told.finding);
		expect((await trial([model(), reference()], setup, replaying(events))).finding).toBeNull();
		expect(await named(systems, found, more(200))).toEqual(told);
	});

	test('stays a difference where no promise falls, and says in how many stories', async () => {
		const fault = SEEDED.find(({ id }) => id === 'the timeout block does not run');
		if (fault === undefined) throw new Error('there is no such fault');
		const systems = [model(), faulty(fault, 'reference, without timeout blocks')];
		const { found } = await campaign({ ...more(0), systems, limit: { stories: 400 } });
		if (found === null) throw new Error('nothing is wrong');
		const told = await named(systems, found, more(40, found.place + 1));
		expect(told).toMatchObject({ finding: { kind: 'diverged' }, more: 40, first: null });
		expect(sayNamed(told)).toMatch(
			/ \(told as a difference only; 40 more stories broke no promise\)$/,
		);
		expect(seenFirstOf(told)).toEqual({});
	});
});

test('a broken promise is told at once', async () => {
	const systems = [lax];
	const { found } = await promiseBehind(
		[model(), lax],
		{ kind: 'diverged', index: 0, systems: ['model', lax.name], difference: DIFFERENCE },
		more(200),
	);
	if (found === null) throw new Error('nothing is wrong');
	const told: Named = await named(systems, found, more(200));
	expect(told).toMatchObject({ finding: { guarantee: 'S8' }, more: null, first: null });
});

const DIFFERENCE = { path: 'answer', left: 1, right: 2 };

describe('which promise is behind a difference', () => {
	/** Forgets what it archived: breaks a promise once a task is restarted. */
	const forgetful = (name: string): System =>
		tampered(name, (seen) => ({
			...seen,
			tasks: seen.tasks.map((task) => ({ ...task, history: [] })),
		}));
	const behind = (first: System, stories: MoreStories) =>
		promiseBehind(
			[first, forgetful('odd')],
			{ kind: 'diverged', index: 0, systems: [first.name, 'odd'], difference: DIFFERENCE },
			stories,
		);

	test('is one that the other keeps in the same story', async () => {
		const { found, stories } = await behind(model(), more(60));
		expect(found?.finding).toMatchObject({ guarantee: 'S2', system: 'odd' });
		expect(stories).toBe((found?.place ?? 0) + 1);
		expect(await behind(forgetful('first'), more(60))).toEqual({ found: null, stories: 60 });
	});

	test('is looked for from a place on, in so many stories as are said, and not when interrupted', async () => {
		const whole = await behind(model(), more(60));
		const place = whole.found?.place ?? 0;
		expect(await behind(model(), more(60, place))).toEqual({ ...whole, stories: 1 });
		expect(await behind(model(), more(place))).toEqual({ found: null, stories: place });
		const signal = AbortSignal.abort();
		expect(await behind(model(), { ...more(60), signal })).toEqual({ found: null, stories: 0 });
	});

	test('is never one of a system that is correct', async () => {
		const sought = await promiseBehind(
			[model(), reference()],
			{ kind: 'diverged', index: 0, systems: ['model', 'reference'], difference: DIFFERENCE },
			more(60),
		);
		expect(sought).toEqual({ found: null, stories: 60 });
	});
});
