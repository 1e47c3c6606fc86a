import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Command, Option } from 'commander';
import { pino } from 'pino';
import type { Departure } from '../impl/agent/agent.ts';
import { describeCommand } from '../impl/agent/describe-command.ts';
import type { HostIdentity } from '../impl/agent/requests.ts';
import { AgentHost } from '../impl/host/agent-host.ts';
import type { AgentObserver } from '../impl/host/agent-observer.ts';
import { secretVariables } from '../impl/host/environment.ts';
import { usableFolder } from '../impl/host/folders.ts';
import { Redactor } from '../impl/host/redactor.ts';
import { hostCommand, MULLIGAN } from '../reports/wording/commands.ts';
import { BadInput } from './exit.ts';
import { portNumber, positiveNumber, webAddress } from './flags.ts';
import { below } from './help.ts';
import { Interruption } from './interruption.ts';
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

const READABLE =
	'warning: every process of this machine can read the secret in --host_secret: give it with --host_secret_file <file>, or - for the standard input; of the variable HOST_SECRET only processes of this user can read it, tasks among them';

interface AgentFlags {
	readonly api_server: string;
	readonly host_id: string;
	readonly host_secret?: string;
	readonly host_secret_file?: string;
	readonly working_directory: string;
	readonly log_output: 'stdout' | 'file';
	readonly log_prefix: string;
	readonly status_port?: number;
	readonly pace: number;
}

export function addAgent(program: Command): void {
	const command = program
		.command('agent')
		.summary('run tasks of an app server on this host')
		.description(
			'Asks an app server for tasks and runs them on this host with real processes. ' +
				"Takes the flags of the deployed system's agent; those about machines that it " +
				'does not own have no effect. A signal kills its commands and ends it; the app ' +
				'server ends their execution for want of a heartbeat. A second one ends it at once. Its commands run as the same user, who can ' +
				'read the arguments and the environment of a process: --host_secret_file - keeps the secret out of both.',
		)
		.addHelpText(
			'after',
			below('agent', {
				examples: [
					`${MULLIGAN} host h1 | ${MULLIGAN} agent --api_server http://127.0.0.1:8080 --host_id h1 --host_secret_file - --working_directory /tmp/h1`,
				],
			}),
		)
		.requiredOption('--api_server <url>', 'the address of the app server', webAddress)
		.addOption(new Option('--host_id <id>', 'this host').env('HOST_ID').makeOptionMandatory())
		.option('--host_secret_file <file>', 'its secret, in a file; - for the standard input')
		.addOption(
			new Option('--host_secret <secret>', 'the same as the deployed agent takes it').env(
				'HOST_SECRET',
			),
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
		.option(
			'--status_port <port>',
			'the port of its local API, 0 for any (default: 2285, or any if that is taken)',
			portNumber,
		)
		.option('--pace <factor>', 'how long a second lasts, for trials', positiveNumber, 1)
		.action((flags: AgentFlags) => {
			if (command.getOptionValueSource('host_secret') === 'cli') console.error(READABLE);
			return run(flags);
		});
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
	const secret = await hostSecret(flags);
	const { host_id: id, status_port: statusPort } = flags;
	const log = logTo(
		flags.log_output === 'file' ? join(workingDirectory, `${flags.log_prefix}.log`) : 1,
		{ id, secret },
	);
	const host = await AgentHost.start({
		apiServer: flags.api_server,
		host: { id, secret },
		workingDirectory,
		...(statusPort === undefined ? {} : { statusPort }),
		pace: flags.pace,
		observer: logOf(log),
	});
	const readable = secretVariables(process.env);
	if (readable.length > 0)
		log.warn(
			{ variables: readable },
			'the commands of tasks can read these variables of this process: start it without them, and give the secret with --host_secret_file -',
		);
	const interruption = new Interruption((signal) => {
		log.info({ signal }, 'stopping');
		void host.stop();
	});
	log.info({ status_port: host.statusPort }, 'waiting for tasks');
	const departure = await host.finished;
	interruption.over();
	log.info(departure, 'gone');
	return departure;
}

/** Most that is read of a file with a secret in it. */
const MOST_SECRET_LETTERS = 1000;

/** @throws BadInput when there is none. */
async function hostSecret({ host_secret, host_secret_file: file }: AgentFlags): Promise<string> {
	if (file === undefined) {
		if (host_secret !== undefined && host_secret !== '') return host_secret;
		throw new BadInput('there is no secret of the host (give --host_secret_file)');
	}
	const where = file === '-' ? 'the standard input' : file;
	try {
		const read = file === '-' ? text(process.stdin) : readFile(file, 'utf8');
		const secret = (await read).trim();
		if (secret !== '' && secret.length <= MOST_SECRET_LETTERS && !/\s/.test(secret)) return secret;
	} catch (error) {
		if (!(error instanceof Error && 'code' in error)) throw error;
		throw new BadInput(`--host_secret_file: ${where} cannot be read: ${error.message}`);
	}
	throw new BadInput(
		`--host_secret_file: there is no secret in ${where} (expected what "${MULLIGAN} host <id>" prints)`,
	);
}

/** A log of JSON lines without the secret of the host. */
function logTo(dest: string | 1, { id, secret }: HostIdentity): pino.Logger {
	const destination = pino.destination({ dest, sync: true });
	const redactor = new Redactor([{ name: 'host_secret', value: secret }]);
	return pino(
		{ base: { host: id } },
		{ write: (line: string) => void destination.write(redactor.redact(line)) },
	);
}

/** Lifecycle 6.2: 404 for a host that is not known, 401 for a wrong secret. */
const refusal = ({ host_id, api_server }: AgentFlags, status: number): string =>
	status === 404
		? `${api_server} knows no host "${host_id}" (check --api_server, or register the host: ${hostCommand(host_id)})`
		: `${api_server} refuses the host "${host_id}" with status ${status} (check its secret)`;

/** What happens, as one line each; what commands print is in the log of their task. */
const logOf = (log: pino.Logger): AgentObserver => ({
	commandStarts: (command) => log.info({ command: describeCommand(command) }, 'command starts'),
	commandEnds: (command, { outcome, exit }) =>
		log.info({ command: describeCommand(command), outcome, exit }, 'command ends'),
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
