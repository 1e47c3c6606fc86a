import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fromToken, type Story } from '../../model/vocabulary/stories/story.ts';
import { model } from '../systems/model.ts';
import { reference } from '../systems/reference.ts';
import { replaying, trial } from '../trial/trial.ts';
import { type Deviation, deviating, fileOf } from './deviation.ts';
import { DEVIATIONS } from './index.ts';
import { trackRecord } from './track-record.ts';

const CORPUS = join(import.meta.dirname, '../corpus');

/** The story that shows a deviation: kept in the corpus, where every `verify` tells it first. */
const storyOf = (deviation: Deviation): Story =>
	fromToken(readFileSync(join(CORPUS, `${fileOf(deviation)}.token`), 'utf8').trim());

describe.each(DEVIATIONS.map((deviation) => [fileOf(deviation), deviation] as const))(
	'%s',
	(_, deviation) => {
		const { setup, events } = storyOf(deviation);

		test('breaks what it says, and nothing else, at the last event of its story or at rest', async () => {
			const { broken, finding } = await trial([deviating(deviation)], setup, replaying(events), {
				goOn: true,
			});
			const [first] = broken;
			const fallen = broken.filter(({ index }) => index === first?.index);
			expect(fallen.map(({ guarantee }) => guarantee)).toEqual(deviation.breaks);
			if (first !== undefined) expect(first.index).toBeGreaterThanOrEqual(events.length - 1);
			else expect(finding).toBeNull();
		});

		test('is no fault of the reference', async () => {
			expect((await trial([reference()], setup, replaying(events))).finding).toBeNull();
		});

		test('shows something else than the model', async () => {
			const both = [model(), deviating(deviation)];
			expect((await trial(both, setup, replaying(events))).finding).not.toBeNull();
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

test('docs/track-record.md has a row for each', async () => {
	const rows = DEVIATIONS.map((deviation) => ({
		deviation,
		events: storyOf(deviation).events.length,
	}));
	await expect(trackRecord(rows)).toMatchFileSnapshot('../../docs/track-record.md');
});
