import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Configuration } from '../../model/checker/configurations/configuration.ts';
import { configurations } from '../../model/checker/configurations/index.ts';
import { sizedTo } from '../../model/checker/configurations/sized.ts';
import { watchThreads } from '../../model/checker/engine/testing/threads.ts';
import { countsOf, createTables } from '../../model/system/tables.ts';
import { checkAll, type Looked } from './checks.ts';
import { checkEvidence } from './evidence.ts';
import { ChecksInThreads, checkInThreads } from './in-threads.ts';

const NAMES = ['unanswered', 'group-crash', 'limits-late'];

const common = () => ({
	configurations: configurations
		.map((sized): Configuration => sizedTo(sized, 'quick'))
		.filter(({ name }) => NAMES.includes(name)),
	memory: 2 ** 28,
	machines: createTables(),
	tour: {
		extent: 'every step' as const,
		mostOf: new Map(NAMES.map((name) => [name, name === 'unanswered' ? 500 : 0])),
	},
});

/** Without what depends on how fast it was. */
const found = (looked: readonly Looked[]) =>
	looked.map(checkEvidence).map(({ seconds: _, tour, ...one }) => ({
		...one,
		tour: tour && { ...tour, seconds: 0 },
	}));

test('configurations come to the same in several threads as one after the other, tours and counts too', async () => {
	const [one, several] = [common(), common()];
	const { begun, running } = watchThreads();
	const said: string[] = [];
	const onProgress = (detail: string): void => void said.push(detail);
	const inThreads = await checkInThreads({ ...several, threads: 3, onProgress });
	expect(begun).toHaveLength(2);
	expect(running.size).toBe(0);
	expect(found(inThreads)).toEqual(found(await checkAll(one)));
	expect(inThreads.map(({ configuration }) => configuration.name)).toEqual(
		one.configurations.map(({ name }) => name),
	);
	const taken = (machines: ReturnType<typeof createTables>) =>
		countsOf(machines).map((counts) => counts.map((count) => count > 0));
	expect(taken(several.machines)).toEqual(taken(one.machines));
	expect(said[0]).toMatch(/^0 of 3 configurations done, .+ in hand$/);
	expect(said).toContainEqual(expect.stringMatching(/^[12] of 3 configurations done, /));
});

test('threads begin at once, and end when nobody waits for the rest', async () => {
	const { begun, running } = watchThreads();
	const checks = new ChecksInThreads({ ...common(), threads: 2 });
	await setImmediate();
	expect(begun).toHaveLength(1);
	await checks.end();
	expect(running.size).toBe(0);
});

test('those behind a stop are not begun, and what is in hand is told as stopped', async () => {
	const stop = new AbortController();
	const checks = checkInThreads({
		...common(),
		threads: 2,
		signal: stop.signal,
		onProgress: () => stop.abort(),
	});
	const endings = found(await checks).map(({ ending }) => ending);
	expect(endings).toHaveLength(NAMES.length);
	expect(endings).toContain('not begun');
	expect(endings).not.toContain('complete');
});

test('a thread that ends by itself is a failure, not a check that found nothing', async () => {
	const { begun } = watchThreads();
	const checks = new ChecksInThreads({ ...common(), threads: 2 });
	await setImmediate();
	expect(begun).toHaveLength(1);
	await begun[0]?.terminate();
	await expect(checks.rest()).rejects.toThrow('a thread that checks ended by itself');
	await checks.end();
});
