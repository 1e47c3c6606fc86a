import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { tablesOf } from '../model/system/tables-by-design.ts';
import { Design } from '../model/vocabulary/design.ts';
import { dice } from '../model/vocabulary/dice.ts';
import { underDesign } from '../model/vocabulary/setup.ts';
import { fromToken, type Story, toToken } from '../model/vocabulary/stories/story.ts';
import { choices } from '../reports/explorer/choices.ts';
import { scenarioOf } from '../reports/explorer/client/scenario.ts';
import {
	fromToken as readInBrowser,
	toToken as writtenInBrowser,
} from '../reports/explorer/client/tokens.ts';
import { Exploration } from '../reports/explorer/exploration.ts';
import { STARTS } from '../reports/explorer/starts.ts';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';

const { folder, stdout, stderr } = surroundEachTest();

/** What the page that was written is opened with. */
function openings(): { name: string; about: string | undefined; story: Story }[] {
	const { document } = parseHTML(readFileSync(join(folder, 'explore.html'), 'utf8'));
	const written: { name: string; token: string; about?: string }[] = JSON.parse(
		document.querySelector('#explorer')?.getAttribute('data-openings') ?? '[]',
	);
	return written.map(({ name, about, token }) => ({ name, about, story: fromToken(token) }));
}

const explore = (...given: readonly string[]): Promise<unknown> =>
	exitStatus(['explore', ...given, '--output', folder]);

/** A story of random turns. */
function wandered(place: number, design: Design, turns: number): Exploration {
	const start = STARTS[place % STARTS.length];
	if (start === undefined) throw new RangeError('nothing to begin with');
	const explored = new Exploration(underDesign(start.setup, design));
	const roll = dice(place);
	for (let turn = 0; turn < turns; turn++) {
		const offered = choices(explored.setup, explored.here.seen);
		const event = offered[Math.floor(roll() * offered.length)];
		if (event !== undefined) explored.choose(event);
	}
	return explored;
}

describe('explore', () => {
	test('writes one file, and says where it is and how it is opened', async () => {
		expect(await explore()).toBe(0);
		const file = join(folder, 'explore.html');
		const said = stdout.join('\n').split('\n');
		expect(said[0]).toBe('written: Small examples of automatic retry');
		expect(said).toContain(`open      ${pathToFileURL(file).href}`);
		expect(said.at(-1)).toBe(`written; again with: npx mulligan explore --output ${folder}`);
		expect(statSync(file).size).toBeLessThan(3_000_000);
		const configured = openings().filter(({ name }) => name.startsWith('configuration '));
		expect(configured.map(({ name }) => name)).toContain('configuration merge-queue');
		// What it covers, as the checker says it.
		for (const { name, about } of configured) expect(about, name).toMatch(/^[A-Z].*\.$/s);
	});

	test.each([
		['merge-queue', 'merge-queue', 0],
		['a-transient-clone-failure-is-retried-once', 'a transient clone failure is retried once', 10],
		['flaky', 'unit-test on linux', 0],
	])('opens with %s', async (given, name, fewest) => {
		expect(await explore(given)).toBe(0);
		const [first] = openings();
		expect(first?.name).toBe(name);
		expect(first?.story.events.length).toBeGreaterThanOrEqual(fewest);
	});

	test('draws each machine of each design whole: every transition stands at an arrow or is listed', async () => {
		expect(await explore()).toBe(0);
		const { document } = parseHTML(readFileSync(join(folder, 'explore.html'), 'utf8'));
		const drawings = document.querySelector('template[data-machines]');
		for (const design of Design.options)
			for (const [machine, { transitions }] of Object.entries(tablesOf({ design }))) {
				const drawn = [design, 'flag'].flatMap(
					(which) => drawings?.querySelector(`[data-drawn="${which}-${machine}"]`) ?? [],
				)[0];
				const said = [...(drawn?.querySelectorAll('.edge text, [data-still] code') ?? [])];
				expect(said.map(({ textContent }) => textContent).toSorted()).toEqual(
					transitions
						.map(({ event, guard }) => (guard === null ? event : `${event} [${guard}]`))
						.toSorted(),
				);
			}
	});

	test('opens with a token, given or in a file', async () => {
		const { story } = wandered(1, 'rest', 7);
		const token = toToken(story);
		expect(await explore(token)).toBe(0);
		expect(openings()[0]?.story).toEqual(story);
		const file = join(folder, 'story.token');
		writeFileSync(file, `${token}\n`);
		expect(await explore(file)).toBe(0);
		expect(openings()[0]?.story).toEqual(story);
	});

	test.each([
		['nonsense', 'there is no such file, and no configuration of that name'],
		['v2.abc', 'the token is damaged'],
		['docs/example-evidence/evidence.json', 'this is the evidence of a verification'],
	])('of %s it says what is wrong, and writes nothing', async (given, said) => {
		expect(await explore(given)).toBe(2);
		expect(stderr.join('\n')).toContain(said);
		expect(() => statSync(join(folder, 'explore.html'))).toThrow();
	});
});

describe('what a browser writes', () => {
	test('as a token is the same story here, and the other way round', async () => {
		const { story } = wandered(2, 'flag', 40);
		expect(fromToken(await writtenInBrowser(story))).toEqual(story);
		expect(await readInBrowser(toToken(story))).toEqual(story);
	});

	test.each(['v2.abc.defghi', 'v3.x', `${toToken(wandered(0, 'flag', 3).story)}x`])(
		'%s is no token there either',
		async (token) => {
			await expect(readInBrowser(token)).rejects.toThrow(/^the token /);
		},
	);

	test.each(Design.options)(
		'as a scenario, under %s, is played here as it says',
		async (design) => {
			for (let place = 0; place < STARTS.length; place++) {
				const file = join(folder, `${design}-${place}.yml`);
				writeFileSync(file, scenarioOf(wandered(place, design, 25)));
				const status = await exitStatus(['replay', file, '--on', 'model']);
				expect(status, stdout.join('\n')).toBe(0);
			}
		},
	);
});
