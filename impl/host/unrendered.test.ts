import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import type { Command, Project, Step } from '../../model/vocabulary/project.ts';
import { HostFixture } from '../testing/host-fixture.ts';
import { setupOf } from '../testing/setups.ts';
import { until } from '../testing/until.ts';

// They wait for real processes, on machines that may be busy.
vi.setConfig({ testTimeout: 30_000 });

const script = (text: string, more: Partial<Command> = {}): Command => ({
	command: 'shell.exec',
	params_yaml: stringify({ script: text }),
	...more,
});

/** A task is run for real, to its end: how it ended, what was asked, and what the log says. */
async function ran(commands: Step[], project: Partial<Project> = {}) {
	const fixture = await HostFixture.of(
		setupOf({ tasks: [{ name: 'compile', commands }], ...project }),
	);
	await fixture.agent();
	await until('it has ended', () => /success|failed/.test(fixture.task().status));
	const { details, remarks, status } = fixture.task();
	return {
		ended: { status, type: details?.type ?? null },
		failing: remarks?.failing_command ?? null,
		marked: fixture.server.asked.some((asked) => asked.endsWith('/restart')),
		log: readFileSync(join(fixture.folder, 'logs/t1/0/task.log'), 'utf8'),
	};
}

test('a call of an undefined function fails the task when its turn comes, without a mark, and post runs', async () => {
	const { ended, failing, marked, log } = await ran(
		[script('echo before'), { func: 'nowhere', retry_on_failure: true }, script('echo behind')],
		{ post: [script('echo post')] },
	);
	expect(ended).toEqual({ status: 'failed', type: 'test' });
	expect(failing).toBe('function "nowhere" (main, step 2)');
	expect(marked).toBe(false);
	expect(log).toMatch(/^before$/m);
	expect(log).toContain(
		`it cannot be rendered: function 'nowhere' not found in project functions\n`,
	);
	expect(log).not.toMatch(/^behind$/m);
	expect(log).toMatch(/^post$/m);
});

test('a flagged command that nobody knows fails the task without a mark, with its own type', async () => {
	const { ended, failing, marked } = await ran([
		{ command: 'no.such', type: 'setup', retry_on_failure: true },
	]);
	expect(ended).toEqual({ status: 'failed', type: 'setup' });
	expect(failing).toBe('no.such (main, step 1)');
	expect(marked).toBe(false);
});

test('of a function with an unknown command nothing is run, on any variant', async () => {
	const { ended, log } = await ran([{ func: 'f', variants: ['elsewhere'] }], {
		functions: { f: [script('echo member'), { command: 'no.such' }] },
	});
	expect(ended.status).toBe('failed');
	expect(log).not.toMatch(/^member$/m);
	expect(log).toContain(`command 'no.such' is not registered`);
});

test('in a block that cannot fail the task it ends the block, and the task goes on', async () => {
	const { ended, log } = await ran([script('echo main')], {
		pre: [script('echo first'), { func: 'nowhere' }, script('echo behind')],
	});
	expect(ended.status).toBe('success');
	expect(log).toMatch(/^first$/m);
	expect(log).not.toMatch(/^behind$/m);
	expect(log).toMatch(/^main$/m);
});
