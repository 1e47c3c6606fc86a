import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importProject } from '../import/import.ts';
import { count } from '../testing/counts.ts';

const load = () => {
	const imported = importProject(join(import.meta.dirname, 'example.yml'));
	if (imported.kind === 'refused') throw new Error(JSON.stringify(imported.problems));
	return imported;
};

test('the example project is imported without a warning', () => {
	const { warnings, read } = load();
	expect(warnings).toEqual([]);
	expect(count(read.whole)).toMatchObject({
		tasks: 4,
		flagged_commands: 3,
		flagged_calls: 0,
		flagged_tasks: 2,
		variants: 2,
		blocks: { pre: 4, timeout: 1, post: 2 },
		switches: { 'pre_error_fails_task=true': 1, 'post_error_fails_task=true': 1 },
	});
});

test('the example project runs on both of its variants', () => {
	expect(load().version.tasks.map(({ id }) => id)).toEqual([
		'compile@linux',
		'compile@windows',
		'lint',
		'unit-test@linux',
		'unit-test@windows',
		'integration-test@linux',
		'integration-test@windows',
	]);
});
