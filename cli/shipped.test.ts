import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CORPUS, EXAMPLE, givenProject, projectFile, SCENARIOS, scenarioFile } from './shipped.ts';

const STORY = 'a-transient-clone-failure-is-retried-once';

test('what comes along is there', () => {
	for (const folder of [CORPUS, SCENARIOS]) expect(existsSync(folder)).toBe(true);
});

describe('a scenario or project that comes along', () => {
	test('is found by its name, with or without the end of it', () => {
		expect(existsSync(scenarioFile(STORY))).toBe(true);
		expect(scenarioFile(`${STORY}.yml`)).toBe(scenarioFile(STORY));
		expect(existsSync(projectFile(EXAMPLE))).toBe(true);
		expect(existsSync(projectFile('flaky'))).toBe(true);
	});

	test.each(['nothing', `stories/${STORY}`, '../stories.test', '', 'v1.abc', `${STORY}.yaml`])(
		'%j is none, and stays as it is',
		(given) => expect(scenarioFile(given)).toBe(given),
	);

	test('is told under the name that was given: it can be given again anywhere', () => {
		expect(givenProject(EXAMPLE)).toMatchObject({ kind: 'project', file: EXAMPLE });
	});
});
