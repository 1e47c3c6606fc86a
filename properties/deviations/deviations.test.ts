import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mayBreak } from '../systems/fault.ts';
import { model } from '../systems/model.ts';
import { reference } from '../systems/reference.ts';
import { replaying, trial } from '../trial/trial.ts';
import { deviating, fileOf } from './deviation.ts';
import { fallenHalves } from './fallen-halves.ts';
import { HALVES } from './halves.ts';
import { DEVIATIONS } from './index.ts';
import { keptStory, tell } from './kept-story.ts';
import { recordedBugs } from './recorded.ts';
import { REPRODUCED } from './reproduced.ts';
import { trackRecord } from './track-record.ts';

const CORPUS = join(import.meta.dirname, '../corpus');

describe.each(DEVIATIONS.map((deviation) => [fileOf(deviation), deviation] as const))(
	'%s',
	(_, deviation) => {
		const { setup, events } = keptStory(deviation, CORPUS);

		test('breaks what it says, and nothing else, at the last event of its story or at rest', async () => {
			const { fallen, result } = await tell(deviation, CORPUS);
			expect(fallen).toEqual(deviation.breaks);
			const [first] = result.broken;
			if (first !== undefined) expect(first.index).toBeGreaterThanOrEqual(events.length - 1);
			else expect(result.finding).toBeNull();
		});

		test('breaks those halves of them that are written down', async () => {
			const halves = await fallenHalves(deviating(deviation), { setup, events });
			expect(HALVES[deviation.id]).toEqual(expect.arrayContaining(halves));
		});

		test('is no fault of the reference', async () => {
			expect((await trial([reference()], setup, replaying(events))).finding).toBeNull();
		});

		test('shows something else than the model', async () => {
			const both = [model(), deviating(deviation)];
			expect((await trial(both, setup, replaying(events))).finding).not.toBeNull();
		});

		test('has a story of a dozen events at most, or says why not', () => {
			expect(events.length > 12).toBe(deviation.long !== undefined);
		});

		test('breaks one of its promises in the machines too, where it is built into them', () => {
			const { machines } = deviation;
			if (machines === undefined) return;
			const fallen = Object.keys(machines.breaks);
			expect(mayBreak(deviation).filter((id) => fallen.includes(id))).not.toEqual([]);
		});

		test('says which promise it breaks, or why none', () => {
			expect(deviation.breaks.length > 0).toBe(deviation.difference === undefined);
		});
	},
);

test('each has a file of its name, and no id is given twice', () => {
	const files = readdirSync(import.meta.dirname).filter((file) => /^[A-Z]\d/.test(file));
	expect(files).toEqual(
		DEVIATIONS.map(
			(deviation) => `${deviation.id}-${fileOf(deviation).slice(deviation.id.length + 1)}.ts`,
		).sort(),
	);
	const ids = DEVIATIONS.flatMap(({ id, also = [] }) => [id, ...also]);
	expect(ids.filter((id, place) => ids.indexOf(id) !== place)).toEqual([]);
});

test('each was reproduced at some commit: else `npm run reproduced` says at which', () => {
	expect(Object.keys(REPRODUCED)).toEqual(DEVIATIONS.map(({ id }) => id));
	for (const commit of Object.values(REPRODUCED)) expect(commit).toMatch(/^[0-9a-f]{7,}$/);
});

test('README says how many there are', () => {
	const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
	const said = [...readme.matchAll(/(\d+) real bugs of/g)].map(([, count]) => count);
	expect(said).toEqual([`${DEVIATIONS.length}`, `${DEVIATIONS.length}`]);
});

test('docs/track-record.md has a row for each', async () => {
	await expect(trackRecord(recordedBugs(CORPUS))).toMatchFileSnapshot('../../docs/track-record.md');
});
