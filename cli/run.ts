import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { pino } from 'pino';
import { serve } from '../impl/http/serve.ts';
import { systemRandomness } from '../impl/http/system-ports.ts';
import { load } from '../impl/server/loading.ts';
import { RULES } from '../impl/server/rules.ts';
import { reportExecution, reporterOf } from '../impl/server/task-report.ts';
import { MemoryStore } from '../impl/store/memory.ts';
import type { TaskRecord } from '../impl/store/store.ts';
import { hasEnded } from '../impl/store/task-state.ts';
import { MULLIGAN, runCommand } from '../reports/wording/commands.ts';
import { ANY_VARIANT } from '../scenarios/import/version.ts';
import { INTERRUPTED } from './exit.ts';
import { portNumber } from './flags.ts';
import { below } from './help.ts';
import { Interruption } from './interruption.ts';
import { runToEnd } from './run-to-end.ts';
import { keepApart, sourceFor } from './source.ts';
import { setupOfTask } from './task-setup.ts';

const HOST = 'local';
/** What the name of a temporary working directory begins with. */
const NEW = 'mulligan-run-';
/** Seconds between two runs of the monitor. */
const MONITOR_S = 60;

interface RunOptions {
	readonly variant?: string;
	readonly source?: string;
	readonly working_directory?: string;
	readonly status_port?: number;
	readonly json?: boolean;
}

export function addRun(program: Command): void {
	program
		.command('run')
		.summary('run one task for real, with its automatic restart')
		.description(
			'Starts an app server and an agent on this machine, runs a task of a project file ' +
				'with real processes, and tells what happens: commands, marks, ends, restarts. ' +
				'shell.exec and subprocess.exec are run, git.get_project gets the folder that --source names; ' +
				'other commands need the CI system, do nothing and succeed.',
		)
		.addHelpText(
			'after',
			below('run', {
				examples: [
					`${MULLIGAN} run flaky unit-test`,
					`${MULLIGAN} run path/to/evergreen.yml compile --source .`,
				],
			}),
		)
		.argument('<project.yml>', 'an Evergreen project file; "example" and "flaky" come along')
		.argument('<task>', 'the name of a task in it')
		.option('--variant <name>', 'the build variant (default: the first that lists the task)')
		.option(
			'--source <folder>',
			'what git.get_project gets, which is only read: of a git repository a clone of its committed state, of another folder a copy',
		)
		.option(
			'--working_directory <folder>',
			'where the task works and leaves its logs (default: a temporary one, removed at the end)',
		)
		.option(
			'--status_port <port>',
			"the port of the agent's local API (default: 2285, or any if that is taken)",
			portNumber,
		)
		.option('--json', 'print the task and its executions as one JSON object, and nothing else')
		.action(run);
}

async function run(file: string, task: string, options: RunOptions): Promise<void> {
	const say = options.json === true ? () => {} : console.log;
	const alone = setupOfTask(file, task, options.variant, HOST);
	const { setup, instance } = alone;
	const source = sourceFor(alone, options.source, say);
	if (source !== undefined) keepApart(source, options.working_directory ?? join(tmpdir(), NEW));
	const interruption = new Interruption(() => say('\ninterrupted: killing what runs'));
	const folder = options.working_directory ?? mkdtempSync(join(tmpdir(), NEW));
	const store = new MemoryStore();
	await load(store, setup, systemRandomness);
	const server = await serve({
		store,
		policy: setup.policy,
		host: '127.0.0.1',
		port: 0,
		monitor_every_s: MONITOR_S,
		log: pino({ level: 'silent' }),
	});
	try {
		const on = instance.variant === ANY_VARIANT ? '' : ` on variant "${instance.variant}"`;
		say(`mulligan run: task "${task}"${on} of ${file}\n`);
		const place = { apiServer: server.url, workingDirectory: folder };
		const { status_port: statusPort } = options;
		const how = {
			...(statusPort === undefined ? {} : { statusPort }),
			...(source === undefined ? {} : { source }),
			...{ say, interruption },
		};
		const last = await runToEnd(store, setup, { ...place, ...how });
		if (options.json === true) console.log(JSON.stringify(reportOf(store, last)));
		else {
			const status = hasEnded(last) ? last.status : 'interrupted';
			const again = runCommand({ file, task, ...options });
			say(`\n${task}: ${status} in execution ${last.execution}; again with: ${again}`);
		}
		process.exitCode = interruption.happened ? INTERRUPTED : last.status === 'success' ? 0 : 1;
	} finally {
		await server.close();
		if (options.working_directory === undefined) rmSync(folder, { recursive: true, force: true });
		interruption.over();
	}
}

/** As a server reports a task to its users (`GET tasks/{id}`). */
const reportOf = (store: MemoryStore, task: TaskRecord): object => ({
	...reporterOf([task], RULES)(task),
	history: store.committedHistory(task.id).map(reportExecution),
});
