import { expect, test } from 'vitest';
import type { FuzzEvidence } from '../../reports/evidence/fuzz-evidence.ts';
import { begun, type FuzzOptions, fuzz } from './fuzz.ts';

const BEGUN = begun({ mulligan: '0', commit: null, system: null, seed: 1, shard: null });
const SERVER = 'evergreen-server-953ae91';

const told = (options: Partial<FuzzOptions>): Promise<FuzzEvidence> =>
	fuzz({
		state: BEGUN,
		system: null,
		seconds: 600,
		until: 12,
		workers: 1,
		schema: 'schema.json',
		keep: () => {},
		...options,
	});

/** What does not depend on how fast the machine is. */
const untimed = ({ seconds: _, ...rest }: FuzzEvidence) => rest;

test('a campaign that goes on tells the same stories as one in one piece', async () => {
	const whole = await told({});
	expect(whole).toMatchObject({ stories: 12, next: 12, left: [], finds: [] });
	expect(whole.transitions?.taken.length).toBeGreaterThan(40);
	// In the middle of the stories of a setup.
	const first = await told({ until: 6 });
	expect(untimed(await told({ state: first }))).toEqual(untimed(whole));
});

test('what is stopped keeps all that was told and found, and goes on with the rest', async () => {
	const server = {
		state: { ...BEGUN, system: SERVER, seed: 38, next: 1 },
		system: SERVER,
		until: 4,
	} as const;
	const whole = await told(server);
	const stop = new AbortController();
	let kept = BEGUN;
	// Heard at the first turn that the story in hand gives: what is wrong in it is shrunk all the same.
	setTimeout(() => stop.abort(), 1);
	const keep = (state: FuzzEvidence): void => {
		kept = state;
	};
	const part = await told({ ...server, signal: stop.signal, keep });
	expect(untimed(kept)).toEqual(untimed(part));
	expect(part.finds.map(({ shape }) => shape)).toEqual([
		'C5: user-restarts-version',
		'S21: user-restarts-version',
		'S2: user-restarts-when-finished',
		'S3: user-restarts-when-finished',
		'S17: user-restarts-when-finished',
		'S19: user-restarts-when-finished',
	]);
	expect(part.left).toEqual([[2, 4]]);
	expect(untimed(await told({ ...server, state: part }))).toEqual(untimed(whole));
	// Each promise and shape once, however often it was found.
	expect(whole.finds.map(({ shape }) => shape)).toEqual([
		...part.finds.map(({ shape }) => shape),
		'S2: user-restarts-version',
		'S3: user-restarts-version',
		'S17: user-restarts-version',
		'S19: user-restarts-version',
	]);
	const seen = Object.values(whole.sightings).reduce((sum, times) => sum + times, 0);
	expect(seen).toBeGreaterThan(whole.finds.length);
});

test('parts share no story, and are the whole together', async () => {
	const whole = await told({});
	const parts = await Promise.all(
		[1, 2, 3].map((index) => told({ state: { ...BEGUN, shard: { index, of: 3 } } })),
	);
	const sum = (of: (part: FuzzEvidence) => number): number =>
		parts.reduce((all, part) => all + of(part), 0);
	expect(parts.map(({ stories }) => stories)).toEqual([4, 4, 4]);
	expect(sum(({ events }) => events)).toBe(whole.events);
	for (const [name, stories] of Object.entries(whole.situations))
		expect(sum(({ situations }) => situations[name] ?? 0)).toBe(stories);
});
