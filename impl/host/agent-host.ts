import { join } from 'node:path';
import { Policy } from '../../model/vocabulary/setup.ts';
import { Agent, type Departure } from '../agent/agent.ts';
import type { HostIdentity } from '../agent/requests.ts';
import { HttpConfigurations } from './configurations.ts';
import { usableFolder } from './folders.ts';
import { type Onlooker, watchedShell, watchedTransport } from './onlooker.ts';
import { HttpReports } from './reports.ts';
import { RealShell } from './shell.ts';
import { STATUS_PORT, StatusServer } from './status-server.ts';
import type { TimeLimits } from './time-limits.ts';
import { type Pace, RealTimers } from './timers.ts';
import { HttpTransport } from './transport.ts';

export interface AgentHostOptions {
	readonly apiServer: string;
	readonly host: HostIdentity;
	/** Where executions work; made when it is not there. No other agent may use it. */
	readonly workingDirectory: string;
	/** Where logs are kept; `logs` in the working directory, unless told. */
	readonly logs?: string;
	/** 0 for any. */
	readonly statusPort?: number;
	/** How fast time goes, for tests: 0.001 turns every second of a policy into a millisecond. */
	readonly pace?: Pace;
	/** Used where the project sets none. */
	readonly limits?: TimeLimits;
	readonly maxLogBytes?: number;
	/** How often a call is sent at the most. */
	readonly callAttempts?: number;
	readonly onlooker?: Onlooker;
	/** Is told what commands print, secrets redacted. */
	readonly echo?: (text: string) => void;
}

/** A reference agent that runs real commands on this host. */
export class AgentHost {
	readonly statusPort: number;
	/** Why the agent left, once it has; nothing of it runs then. */
	readonly finished: Promise<Departure>;
	readonly #agent: Agent;
	readonly #shell: RealShell;

	/**
	 * @throws UnusableFolder when it cannot work in its folder.
	 * @throws PortTaken when another process listens on the status port already.
	 */
	static async start(options: AgentHostOptions): Promise<AgentHost> {
		const workingDirectory = usableFolder(options.workingDirectory);
		const api: { agent?: Agent } = {};
		const port = options.statusPort ?? STATUS_PORT;
		const status = await StatusServer.start(port, () => api.agent?.current ?? null);
		const host = new AgentHost({ ...options, workingDirectory }, status);
		api.agent = host.#agent;
		return host;
	}

	private constructor(options: AgentHostOptions, status: StatusServer) {
		const { apiServer, host, onlooker, pace = 1 } = options;
		const callAttempts = options.callAttempts ?? Policy.parse({}).call_attempts;
		const timers = new RealTimers(pace);
		const transport = new HttpTransport({ apiServer, pace });
		const tell = (trouble: string): void => onlooker?.troubled(trouble);
		const asking = { apiServer, host, timers, callAttempts, pace, tell };
		this.#shell = shellOf(options, status.port);
		const shell = this.#shell;
		this.#agent = new Agent({
			host,
			timers,
			transport: onlooker === undefined ? transport : watchedTransport(transport, onlooker),
			shell: onlooker === undefined ? shell : watchedShell(shell, onlooker),
			configurations: new HttpConfigurations(asking),
			reports: new HttpReports(asking),
			callAttempts,
		});
		this.statusPort = status.port;
		const killNow = (): void => shell.killNow();
		process.on('exit', killNow);
		this.finished = this.#agent.run().finally(() => {
			process.off('exit', killNow);
			shell.dismiss();
			status.close();
		});
	}

	/** Kills the commands and lets go of the execution, which the app server's monitor will end. */
	async stop(): Promise<void> {
		this.#agent.stop();
		this.#shell.killNow();
		await this.finished;
	}
}

function shellOf(options: AgentHostOptions, statusPort: number): RealShell {
	const { workingDirectory } = options;
	return new RealShell({
		workingDirectory,
		logs: options.logs ?? join(workingDirectory, 'logs'),
		secrets: [{ name: 'host_secret', value: options.host.secret }],
		environment: { EVR_AGENT_PID: String(process.pid), EVR_STATUS_PORT: String(statusPort) },
		...(options.pace === undefined ? {} : { pace: options.pace }),
		...(options.limits === undefined ? {} : { limits: options.limits }),
		...(options.echo === undefined ? {} : { echo: options.echo }),
		...(options.maxLogBytes === undefined ? {} : { maxLogBytes: options.maxLogBytes }),
	});
}
