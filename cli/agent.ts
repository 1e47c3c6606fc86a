import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { pino } from 'pino';
import type { Departure } from '../impl/agent/agent.ts';
import { describeCommand } from '../impl/agent/describe-command.ts';
import { AgentHost } from '../impl/host/agent-host.ts';
import { usableFolder } from '../impl/host/folders.ts';
import type { Onlooker } from '../impl/host/onlooker.ts';
import { STATUS_PORT } from '../impl/host/status-server.ts';
import { MULLIGAN } from '../reports/wording/commands.ts';
import { portNumber, positiveNumber, webAddress } from './flags.ts';
import { badInputOf } from './run-to-end.ts';

/** Exit statuses, as of the deployed agent (lifecycle 6.5). */
const EXIT_OF: Record<Departure['kind'], number> = { dismissed: 0, refused: 1, stopped: 2 };

/** Flags of the deployed agent that have no meaning here. */
const IGNORED = [
	'--mode <mode>',
	'--provider <provider>',
	'--cleanup',
	'--global_task_logs',
	'--single_task_distro',
	'--container_retain_on_failure_secs <seconds>',
];

interface AgentFlags {
	readonly api_server: string;
	readonly host_id: string;
	readonly host_secret: string;
	readonly working_directory: string;
	readonly log_output: 'stdout' | 'file';
	readonly log_prefix: string;
	readonly status_port: number;
	readonly pace: number;
}

export function addAgent(program: Command): void {
	const command = program
		.command('agent')
		.summary('run tasks of an app server on this host')
		.description(
			'Asks an app server for tasks and runs them on this host with real processes.\n' +
				"Takes the flags of the deployed system's agent; those about machines that it\n" +
				'does not own have no effect. A signal kills its commands and ends it; the app\n' +
				'server ends their execution for want of a heartbeat.\n\n' +
				'Exit status: 0 the app server sent it away, 1 the app server refused it,\n' +
				'2 bad input or a signal.',
		)
		.requiredOption('--api_server <url>', 'the address of the app server', webAddress)
		.addOption(new Option('--host_id <id>', 'this host').env('HOST_ID').makeOptionMandatory())
		.addOption(
			new Option('--host_secret <secret>', 'its secret; better given in the environment')
				.env('HOST_SECRET')
				.makeOptionMandatory(),
		)
		.requiredOption(
			'--working_directory <folder>',
			'where tasks work, and keep their logs; for this agent alone',
		)
		.addOption(
			new Option('--log_output <where>', "where the agent's own log goes, as JSON lines")
				.choices(['stdout', 'file'])
				.default('stdout'),
		)
		.option('--log_prefix <name>', 'the name of its log file, without .log', 'evg.agent')
		.option('--status_port <port>', 'the port of its local API, 0 for any', portNumber, STATUS_PORT)
		.option('--pace <factor>', 'how long a second lasts, for trials', positiveNumber, 1)
		.action(run);
	for (const flags of IGNORED) command.addOption(new Option(flags).hideHelp());
}

async function run(flags: AgentFlags): Promise<void> {
	try {
		const workingDirectory = usableFolder(flags.working_directory);
		const departure = await work(flags, workingDirectory);
		if (departure.kind === 'refused')
			console.error(`mulligan: ${refusal(flags, departure.status)}`);
		process.exit(EXIT_OF[departure.kind]);
	} catch (error) {
		throw badInputOf(error) ?? error;
	}
}

async function work(flags: AgentFlags, workingDirectory: string): Promise<Departure> {
	const log = pino(
		{ base: { host: flags.host_id } },
		pino.destination({
			dest: flags.log_output === 'file' ? join(workingDirectory, `${flags.log_prefix}.log`) : 1,
			sync: true,
		}),
	);
	const host = await AgentHost.start({
		apiServer: flags.api_server,
		host: { id: flags.host_id, secret: flags.host_secret },
		workingDirectory,
		statusPort: flags.status_port,
		pace: flags.pace,
		onlooker: logOf(log),
	});
	log.info({ status_port: host.statusPort }, 'waiting for tasks');
	for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
		process.on(signal, () => {
			log.info({ signal }, 'stopping');
			void host.stop();
		});
	const departure = await host.finished;
	log.info(departure, 'gone');
	return departure;
}

/** Lifecycle 6.2: 404 for a host that is not known, 401 for a wrong secret. */
const refusal = ({ host_id, api_server }: AgentFlags, status: number): string =>
	status === 404
		? `${api_server} knows no host "${host_id}" (check --api_server, or register the host: ${MULLIGAN} host ${host_id})`
		: `${api_server} refuses the host "${host_id}" with status ${status} (check --host_secret)`;

/** What happens, as one line each; what commands print is in the log of their task. */
const logOf = (log: pino.Logger): Onlooker => ({
	commandStarts: (command) => log.info({ command: describeCommand(command) }, 'command starts'),
	commandEnds: (command, outcome) =>
		log.info({ command: describeCommand(command), outcome }, 'command ends'),
	troubled: (trouble) => log.warn({ trouble }, 'trouble'),
	callAnswered: ({ route, execution }, answer) => {
		const quiet = route === 'heartbeat' || route === 'next';
		const { status = null, body } = answer ?? {};
		log[quiet && answer !== null ? 'debug' : 'info'](
			{ route, ...execution, status, outcome: body?.outcome ?? null },
			'call answered',
		);
	},
});
