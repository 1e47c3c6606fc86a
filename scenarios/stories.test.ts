import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DESIGNS } from '../model/catalogue/index.ts';
import { Design } from '../model/vocabulary/design.ts';
import { loadScenario } from './format/load.ts';
import { GUARANTEE_IDS } from './format/scenario-file.ts';
import { describe as say } from './yaml/problem.ts';

const folder = join(import.meta.dirname, 'stories');
const files = readdirSync(folder);

function load(file: string) {
	const loaded = loadScenario(join(folder, file), import.meta.dirname);
	if (loaded.kind === 'refused') throw new Error(loaded.problems.map(say).join('\n'));
	return loaded;
}

describe('the stories', () => {
	test('are at least 61 files, named like sentences', () => {
		expect(files.length).toBeGreaterThanOrEqual(61);
		expect(files.filter((file) => !/^[a-z0-9]+(-[a-z0-9]+)+\.yml$/.test(file))).toEqual([]);
	});

	test.each(files)('%s loads without a warning', (file) => {
		const { scenario, warnings } = load(file);
		expect(warnings).toEqual([]);
		expect(scenario.story.events.length).toBeGreaterThan(0);
		expect(scenario.checks.findLast(({ after }) => after !== 'rest')?.after).toBe(
			scenario.story.events.length,
		);
	});

	test.each(files)('%s is named after what it tells', (file) => {
		const slug = load(file)
			.scenario.name.toLowerCase()
			.replaceAll(/['’,]/g, '')
			.replaceAll(' ', '-');
		expect(`${slug}.yml`).toBe(file);
	});

	test('have names of their own', () => {
		const names = files.map((file) => load(file).scenario.name);
		expect(new Set(names).size).toBe(names.length);
	});

	test('together show all guarantees and claims that a story under the flag can show', () => {
		const shown = new Set(files.flatMap((file) => load(file).scenario.shows));
		const claims = Design.options.map((design) => DESIGNS[design].verdict.claim.id);
		expect(GUARANTEE_IDS.filter((id) => !shown.has(id))).toEqual(claims);
	});
});
