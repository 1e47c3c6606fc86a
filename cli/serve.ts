import { type Command, Option } from 'commander';
import { pino } from 'pino';
import { createLog } from '../impl/http/log.ts';
import { serve } from '../impl/http/serve.ts';
import { StoreError } from '../impl/store/sql/errors.ts';
import { openStore } from '../impl/store/sql/open.ts';
import { Policy } from '../model/vocabulary/setup.ts';
import { MULLIGAN } from '../reports/wording/commands.ts';
import { BadInput } from './exit.ts';
import { wholeNumber } from './flags.ts';
import { below } from './help.ts';
import { Interruption } from './interruption.ts';

interface Options {
	readonly port: number;
	readonly host: string;
	readonly database: string;
	readonly maxAutomaticRestarts: number;
	readonly dailyLimit: number;
	readonly executionCap: number;
	readonly monitorEvery: number;
	readonly logLevel: string;
}

const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'];

export function addServe(program: Command): void {
	const policy = Policy.parse({});
	program
		.command('serve')
		.summary('run the reference app server')
		.description(
			'Serves agents and users over HTTP until a signal ends it. Says where it listens, and on the first ' +
				'start on a database the key of the user "admin", once. Logs JSON lines on stderr. ' +
				'The policy of that start is kept there, and changed by an admin (PUT /rest/v2/admin/policy). ' +
				'Documented at /openapi.json; also /healthz and /metrics.',
		)
		.addHelpText('after', below('serve', { examples: [`${MULLIGAN} serve --database memory`] }))
		.option('--port <number>', 'port; 0 means any that is free', wholeNumber(0, 65_535), 8080)
		.option('--host <address>', 'address to listen on', '127.0.0.1')
		.option(
			'--database <place>',
			'a folder for the embedded PostgreSQL, postgres://… (its password in PGPASSWORD), or memory',
			'mulligan-data',
		)
		.option(
			'--max-automatic-restarts <number>',
			'automatic restarts of a task over its whole life',
			wholeNumber(0, 10),
			policy.max_automatic_restarts,
		)
		.option(
			'--daily-limit <number>',
			'automatic restarts of a project in 24 hours; 0 means not limited',
			wholeNumber(0, 10_000),
			policy.daily_limit,
		)
		.option(
			'--execution-cap <number>',
			'an execution of this number or above is not restarted automatically',
			wholeNumber(0, 1000),
			policy.execution_cap,
		)
		.option(
			'--monitor-every <seconds>',
			'time between two runs of the monitor',
			wholeNumber(1, 3600),
			60,
		)
		.addOption(new Option('--log-level <level>', 'how much of it').choices(LEVELS).default('info'))
		.action(run);
}

async function run(options: Options): Promise<void> {
	const log = createLog(options.logLevel, pino.destination({ dest: 2, sync: true }));
	if (URL.canParse(options.database) && new URL(options.database).password !== '')
		log.warn(
			'every user of this machine can read the password in --database: give it in PGPASSWORD',
		);
	const opened = await openStore(options.database).catch(refused);
	try {
		const serving = await serve({
			store: opened.store,
			policy: Policy.parse({
				max_automatic_restarts: options.maxAutomaticRestarts,
				daily_limit: options.dailyLimit,
				execution_cap: options.executionCap,
			}),
			host: options.host,
			port: options.port,
			monitor_every_s: options.monitorEvery,
			log,
		}).catch(refused);
		const interruption = new Interruption();
		console.log(`mulligan serves on ${serving.url}`);
		if (serving.adminKey !== null)
			console.log(`key of the user "admin", shown only now: ${serving.adminKey}`);
		await interruption.signal;
		await serving.close();
	} finally {
		await opened.close();
	}
}

/** What an operator can put right is said in one line. */
function refused(error: unknown): never {
	if (error instanceof StoreError) throw new BadInput(error.message);
	if (!(error instanceof Error && 'syscall' in error)) throw error;
	const { syscall, code, address, port } = { address: '', port: 0, code: '', ...error };
	// `listen` for the port, `getaddrinfo` for a name that nobody knows.
	if (syscall !== 'listen' && syscall !== 'getaddrinfo') throw error;
	throw new BadInput(
		code === 'EADDRINUSE'
			? `port ${port} of ${address} is in use (give another --port)`
			: `${error.message} (give another --host or --port)`,
	);
}
