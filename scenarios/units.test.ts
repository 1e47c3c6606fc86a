import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { groupInstances, unitsOf } from '../model/vocabulary/structure.ts';
import { loadScenario } from './format/load.ts';
import { scenarioText } from './format/write.ts';
import { describe as say } from './problem.ts';
import { folderOf } from './testing/folder.ts';

/** Stories of units, groups and dependents. They are loaded here, and not yet told. */
const folder = join(import.meta.dirname, 'units');
const files = readdirSync(folder);

function load(path: string) {
	const loaded = loadScenario(path);
	if (loaded.kind === 'refused') throw new Error(loaded.problems.map(say).join('\n'));
	return loaded;
}

describe('the stories of units', () => {
	test('are at least 22', () => expect(files.length).toBeGreaterThanOrEqual(22));

	test.each(files)('%s loads without a warning, and is named after what it tells', (file) => {
		const { scenario, warnings } = load(join(folder, file));
		expect(warnings).toEqual([]);
		expect(scenario.checks.length).toBeGreaterThan(1);
		const slug = scenario.name.toLowerCase().replaceAll(/['’,]/g, '').replaceAll(' ', '-');
		expect(`${slug}.yml`).toBe(file);
	});

	test.each(files)('%s is the same when it is written and loaded again', (file) => {
		const { name, about, shows, breaks, story } = load(join(folder, file)).scenario;
		const text = scenarioText({ name, about, shows, breaks, story, expect: {} });
		const again = load(join(folderOf({ 'story.yml': text }), 'story.yml'));
		expect(again.scenario.story).toEqual(story);
	});

	test('are each of a unit, a group, a dependent, a repair or the merge queue', () => {
		for (const file of files) {
			const { setup } = load(join(folder, file)).scenario.story;
			const about =
				unitsOf(setup).some((unit) => unit.length > 1) ||
				groupInstances(setup).length > 0 ||
				setup.tasks.some(({ depends_on }) => depends_on !== undefined) ||
				setup.policy.restart_system_failed === true ||
				setup.requester === 'github_merge_request';
			expect(about, file).toBe(true);
		}
	});
});
