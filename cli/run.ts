import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { pino } from 'pino';
import { AgentHost } from '../impl/host/agent-host.ts';
import { PortTaken } from '../impl/host/status-server.ts';
import { serve } from '../impl/http/serve.ts';
import { systemRandomness } from '../impl/http/system-ports.ts';
import { load } from '../impl/server/loading.ts';
import { hasEnded } from '../impl/server/records.ts';
import { MemoryStore } from '../impl/store/memory.ts';
import type { TaskRecord } from '../impl/store/store.ts';
import { Setup } from '../model/vocabulary/setup.ts';
import { importProject } from '../scenarios/import/import.ts';
import { slice } from '../scenarios/import/slice.ts';
import { taskInstances } from '../scenarios/import/variants.ts';
import { describe } from '../scenarios/problem.ts';
import { BadInput } from './exit.ts';
import { portNumber } from './flags.ts';
import { Narrator } from './narrator.ts';

const HOST = 'local';
/** Seconds between two runs of the monitor. */
const MONITOR_S = 60;
/** Exit status after Ctrl-C. */
const INTERRUPTED = 130;

interface RunOptions {
	readonly variant?: string;
	readonly working_directory?: string;
	readonly status_port: number;
}

export function addRun(program: Command): void {
	program
		.command('run')
		.summary('run one task for real, with its automatic restart')
		.description(
			'Starts an app server and an agent on this machine, runs a task of a project file\n' +
				'with real processes, and tells what happens: commands, marks, ends, restarts.\n' +
				'shell.exec and subprocess.exec are run; other commands need the CI system, do\n' +
				'nothing and succeed.\n\n' +
				'Exit status: 0 the task succeeded in the end, 1 it failed, 2 bad input,\n' +
				'130 interrupted.',
		)
		.argument('<project.yml>', 'an Evergreen project file')
		.argument('<task>', 'the name of a task in it')
		.option('--variant <name>', 'the build variant (default: the first that lists the task)')
		.option(
			'--working_directory <folder>',
			'where the task works and leaves its logs (default: a temporary one, removed at the end)',
		)
		.option(
			'--status_port <port>',
			"the port of the agent's local API (default: any)",
			portNumber,
			0,
		)
		.action(run);
}

async function run(file: string, task: string, options: RunOptions): Promise<void> {
	const setup = setupOf(file, task, options.variant);
	const folder = options.working_directory ?? mkdtempSync(join(tmpdir(), 'mulligan-run-'));
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
		const [instance] = setup.tasks;
		console.log(`mulligan run: task "${task}" on variant "${instance?.variant}" of ${file}\n`);
		const last = await runToEnd(store, server.url, resolve(folder), options.status_port);
		console.log(`\n${task}: ${last.status} in execution ${last.execution}`);
		process.exitCode = last.status === 'success' ? 0 : 1;
	} finally {
		await server.close();
		if (options.working_directory === undefined) rmSync(folder, { recursive: true, force: true });
	}
}

/** Runs the only task until no restart of it is to come. */
async function runToEnd(
	store: MemoryStore,
	apiServer: string,
	folder: string,
	statusPort: number,
): Promise<TaskRecord> {
	let finish = (_task: TaskRecord): void => {};
	const finished = new Promise<TaskRecord>((resolve) => {
		finish = resolve;
	});
	const narrator = new Narrator(console.log, ({ envelope }) => {
		const task = store.committedTask(envelope.execution?.task ?? '');
		if (task === undefined) return;
		if (hasEnded(task) && !task.restart_pending) finish(task);
		else console.log(`  the app server restarts the task: execution ${task.execution}\n`);
	});
	const host = await startAgent({
		apiServer,
		host: { id: HOST, secret: store.committedHost(HOST)?.secret ?? '' },
		workingDirectory: folder,
		statusPort,
		onlooker: narrator,
		echo: (text) => narrator.echo(text),
	});
	const interrupt = (): void => {
		console.log('\ninterrupted: killing what runs');
		void host.stop().then(() => process.exit(INTERRUPTED));
	};
	process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
	try {
		const departed = host.finished.then((departure) => {
			throw new Error(`the agent left: ${departure.kind}`);
		});
		return await Promise.race([finished, departed]);
	} finally {
		process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
		await host.stop();
	}
}

async function startAgent(options: Parameters<typeof AgentHost.start>[0]): Promise<AgentHost> {
	try {
		return await AgentHost.start(options);
	} catch (error) {
		if (error instanceof PortTaken) throw new BadInput(`${error.message} (give another)`);
		throw error;
	}
}

/** @throws BadInput when the file or the task in it cannot be run. */
function setupOf(file: string, task: string, variant: string | undefined): Setup {
	const imported = importProject(file, { params: true });
	if (imported.kind === 'refused') throw new BadInput(...imported.problems.map(describe));
	const { project, variants } = imported;
	const instances = taskInstances(project, variants).filter((instance) => instance.task === task);
	const instance = instances.find((one) => variant === undefined || one.variant === variant);
	if (instances.length === 0) {
		const known = project.tasks.map(({ name }) => name).join(', ');
		throw new BadInput(`${file}: there is no task "${task}" (there are: ${known})`);
	}
	if (instance === undefined) {
		const known = instances.map((one) => one.variant).join(', ');
		throw new BadInput(
			`${file}: the task "${task}" is not on the variant "${variant}" (it is on: ${known})`,
		);
	}
	return Setup.parse({
		project: slice(project, [task]),
		tasks: [instance],
		hosts: [HOST],
	});
}
