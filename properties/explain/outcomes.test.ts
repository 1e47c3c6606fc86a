import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { folderOf } from '../../scenarios/testing/folder.ts';
import { projectOnTrial } from '../../scenarios/trial/project-on-trial.ts';
import { generatedSetup } from '../arbitraries/setup.ts';
import { model } from '../systems/model.ts';
import { reference } from '../systems/reference.ts';
import { type ExplainedCommand, explainTask, setupAround } from './outcomes.ts';

const PROJECTS = new URL('../../scenarios/projects/', import.meta.url).pathname;

function project(name: string) {
	const read = projectOnTrial(`${PROJECTS}${name}.yml`);
	if (read.kind === 'refused') throw new Error(JSON.stringify(read.problems));
	return read;
}

const brief = (commands: readonly ExplainedCommand[]) =>
	commands.map(({ position: { block }, flagged, outcomes }) => [
		block,
		flagged,
		outcomes.fails?.status,
		outcomes.fails?.restarted,
		outcomes.aborted?.status,
		outcomes.aborted?.restarted,
	]);

test('a task that waits for the failure of another is told as any is', async () => {
	const path = join(
		folderOf({
			'p.yml': `tasks:
  - { name: build, commands: [{ command: shell.exec, retry_on_failure: true }] }
  - { name: beside, commands: [{ command: shell.exec }] }
  - { name: report, depends_on: [{ name: build, status: failed }, beside], commands: [{ command: shell.exec }] }
  - { name: alarm, depends_on: [report], commands: [{ command: shell.exec, retry_on_failure: true }, { command: shell.exec }] }
buildvariants: [{ name: v, run_on: [d], tasks: ["*"], display_tasks: [{ name: all, execution_tasks: [build, beside] }] }]
`,
		}),
		'p.yml',
	);
	const read = projectOnTrial(path);
	if (read.kind === 'refused') throw new Error('refused');
	const instance = read.version.tasks.find(({ task }) => task === 'alarm');
	if (instance === undefined) throw new Error('no such task');
	const commands = await explainTask(model(), setupAround(read, instance), instance);
	expect(brief(commands)).toEqual([
		['main', true, 'failed', 1, 'failed', 0],
		// What restarted on the way is not told.
		['main', false, 'failed', 0, 'failed', 0],
	]);
});

describe('a task of the example', () => {
	test('is told command by command: a failure restarts it only where the flag works, an abort never', async () => {
		const flaky = project('flaky');
		const instance = flaky.version.tasks.find(({ task }) => task === 'unit-test');
		if (instance === undefined) throw new Error('no such task');
		const commands = await explainTask(model(), setupAround(flaky, instance), instance);
		expect(brief(commands)).toEqual([
			['pre', false, 'failed', 0, 'failed', 0],
			['main', true, 'failed', 1, 'failed', 0],
			['main', false, 'failed', 0, 'failed', 0],
			['timeout', false, 'failed', 0, 'failed', 0],
			['post', false, 'success', 0, 'failed', 0],
		]);
		expect(commands[1]).toMatchObject({
			func: 'download',
			display_name: 'fetch the fixtures',
			outcomes: {
				fails: { afterwards: ['post'] },
				'times out': { afterwards: ['timeout', 'post'] },
			},
		});
	});
});

test('model and reference come to the same, whatever the project', async () => {
	await fc.assert(
		fc.asyncProperty(generatedSetup, async (generated) => {
			const setup = { ...generated, hosts: ['h1'] };
			const [instance] = setup.tasks;
			if (instance === undefined) return;
			expect(await explainTask(reference(), setup, instance)).toEqual(
				await explainTask(model(), setup, instance),
			);
		}),
		{ numRuns: 15 },
	);
});
