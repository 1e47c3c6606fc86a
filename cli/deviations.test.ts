import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { DEVIATIONS } from '../properties/deviations/index.ts';
import { addDeviations } from './deviations.ts';
import { CORPUS } from './shipped.ts';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';

const { folder, stdout, stderr } = surroundEachTest();

const deviations = (...args: readonly string[]): Promise<unknown> =>
	exitStatus(['deviations', ...args]);

const said = (): string => stdout.join('\n');

test('shows each bug by the promise that must break', async () => {
	expect(await deviations()).toBe(0);
	const all = DEVIATIONS.length;
	expect(said()).toMatch(new RegExp(`^shown: ${all} of ${all} bugs shown by the promise`));
	for (const { id, symptom } of DEVIATIONS)
		expect(said()).toContain(`✓  ${id.padEnd(7)}  ${symptom}`);
	expect(said()).toMatch(/\nshown; again with: npx mulligan deviations$/);
});

test('of one: what it is, the promise in words, and its story as a diagram', async () => {
	expect(await deviations('p20')).toBe(0);
	expect(said()).toMatch(/^H04 \(also H12, P20\): When the host of a marked task is lost, /);
	expect(said()).toContain('\nseen in EVG-6031 (#2189)\n\nIt breaks:\n  S13  ');
	expect(said()).toMatch(/\n {3}5 {4}◀─ start: ok ─+┤ {3}h2 runs main 1 /);
	expect(said()).toMatch(/\n {3}✗ {2}Task "unit-test" had or awaits 0 automatic restarts, /);
	const [, again = ''] = /as it is: npx mulligan replay (\S+)/.exec(said()) ?? [];
	expect(said()).toMatch(/\nshown; again with: npx mulligan deviations p20$/);
	expect(await exitStatus(['replay', again])).toBe(0);
});

test('with seeds, random stories look for them', async () => {
	expect(await deviations('H02', 'H28-ii', '--seeds', '2')).toBe(0);
	expect(said()).toMatch(/✓ {2}H02 .* S12, S19 +6 +2\/2 +\d+ +\d+ +2\/2 +\d+ +\d+ +776 +\d+\n/);
	expect(said()).toMatch(/again with: npx mulligan deviations H02 H28-ii --seeds 2$/);
});

test('of one with seeds: what random stories and the tour came to', async () => {
	expect(await deviations('P13', '--seeds', '1')).toBe(0);
	expect(said()).toMatch(/\nRandom stories found it in 1 of 1 search, /);
	expect(said()).toMatch(/\nSteered stories found it in 1 of 1 search, /);
	expect(said()).toMatch(
		/\nThe tour of unanswered finds it after 1\d\d steps, by S20, in 6 events\.\n/,
	);
});

test('where it is built into the machines, the checker looks for it too', async () => {
	expect(await deviations('D22', '--seeds', '1')).toBe(0);
	expect(said()).toMatch(
		/\nThe checker finds it in the machines, in merge-queue, after \d+ states: S6, in 3 events\.\n/,
	);
});

test('what is seen as a difference first is told by the promise that falls after it', async () => {
	expect(await deviations('D22', '--seed', '2', '--seeds', '1')).toBe(0);
	expect(said()).toMatch(
		/\nRandom stories found it in 1 of 1 search, .* \(by S2 1\)\. In 1 of them a difference was seen first, and at most \d+ more stories told for its promise\.\n/,
	);
	expect(said()).toMatch(
		/\nThe tour of merge-queue finds it after 2 steps, as a difference; within \d+ more stories by C5, in \d+ events?\.\n/,
	);
});

test('a search that finds nothing within its stories is told as such', async () => {
	expect(await deviations('H22', '--seeds', '2', '--stories', '1', '--json')).toBe(0);
	expect(JSON.parse(said())).toMatchObject({
		verdict: 'shown',
		deviations: [
			{
				id: 'H22',
				tour: null,
				checker: null,
				searches: { hunts: 2, found: 0, median: null, p95: null },
			},
		],
	});
});

test('a story that does not show its bug is an answer of its own', async () => {
	const corpus = join(folder, 'corpus');
	mkdirSync(corpus);
	copyFileSync(
		join(CORPUS, 'h02-mark-survives-reset.token'),
		join(corpus, 'd9-budget-of-each-member.token'),
	);
	const program = new Command('mulligan');
	addDeviations(program, { corpus });
	const before = process.exitCode;
	await program.parseAsync(['deviations', 'D9', 'D9'], { from: 'user' });
	expect(process.exitCode).toBe(1);
	process.exitCode = before;
	expect(said()).toMatch(/^not shown: 0 of 1 bug /);
	expect(said()).toContain('D9 was to break S1, and broke nothing');
});

test('an id that nobody knows is refused with those that are known', async () => {
	expect(await deviations('D99')).toBe(2);
	expect(stderr.join('\n')).toMatch(/no deviation "D99" \(known are H01, /);
});
