import { join } from 'node:path';
import { Policy } from '../../model/vocabulary/setup.ts';
import { Agent, type Departure } from '../agent/agent.ts';
import type { HostIdentity } from '../agent/requests.ts';
import { flagAgent } from '../designs/flag-agent.ts';
import type { Source } from '../source/survey.ts';
import { type AgentObserver, observedShell, observedTransport } from './agent-observer.ts';
import { HttpConfigurations } from './configurations.ts';
import { FileLock, LockHeld } from './file-lock.ts';
import { UnusableFolder, usableFolder } from './folders.ts';
import { HttpReports } from './reports.ts';
import { RealShell } from './shell.ts';
import {
	type Listening,
	PortTaken,
	type Redact,
	STATUS_PORT,
	StatusServer,
} from './status-server.ts';
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
	/** 0 for any; unless told that of deployed agents, or any if that is taken. */
	readonly statusPort?: number;
	/** How fast time goes, for tests: 0.001 turns every second of a policy into a millisecond. */
	readonly pace?: Pace;
	/** Used where the project sets none. */
	readonly limits?: TimeLimits;
	readonly maxLogBytes?: number;
	/** What `git.get_project` gets; without it, nothing. */
	readonly source?: Source;
	/** How often a call is sent at the most. */
	readonly callAttempts?: number;
	readonly observer?: AgentObserver;
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
	 * @throws LockHeld when another agent works there.
	 * @throws PortTaken when another process listens on the status port that it was told.
	 */
	static async start(options: AgentHostOptions): Promise<AgentHost> {
		const workingDirectory = usableFolder(options.workingDirectory);
		const lock = lockOf(workingDirectory);
		try {
			const api: { agent?: Agent; shell?: RealShell } = {};
			const status = await statusServer(
				options.statusPort,
				() => api.agent?.current ?? null,
				(text) => api.shell?.redact(text) ?? text,
			);
			const host = new AgentHost({ ...options, workingDirectory }, status, lock);
			api.agent = host.#agent;
			api.shell = host.#shell;
			return host;
		} catch (error) {
			lock.release();
			throw error;
		}
	}

	private constructor(options: AgentHostOptions, status: StatusServer, lock: FileLock) {
		const { apiServer, host, observer, pace = 1 } = options;
		const callAttempts = options.callAttempts ?? Policy.parse({}).call_attempts;
		const timers = new RealTimers(pace);
		const transport = new HttpTransport({ apiServer, pace });
		const tell = (trouble: string): void => observer?.troubled(trouble);
		const asking = { apiServer, host, timers, callAttempts, pace, tell };
		this.#shell = shellOf(options, status.port);
		const shell = this.#shell;
		this.#agent = new Agent({
			host,
			variant: flagAgent,
			timers,
			transport: observer === undefined ? transport : observedTransport(transport, observer),
			shell: observer === undefined ? shell : observedShell(shell, observer),
			configurations: new HttpConfigurations(asking),
			reports: new HttpReports(asking),
			callAttempts,
		});
		this.statusPort = status.port;
		const leaveNow = (): void => {
			shell.killNow();
			lock.release();
		};
		process.on('exit', leaveNow);
		this.finished = this.#agent.run().finally(() => {
			process.off('exit', leaveNow);
			shell.dismiss();
			status.close();
			lock.release();
		});
	}

	/** Kills the commands and lets go of the execution, which the app server's monitor will end. */
	async stop(): Promise<void> {
		this.#agent.stop();
		this.#shell.killNow();
		await this.finished;
	}
}

/** The lock of a folder that can be used. */
function lockOf(workingDirectory: string): FileLock {
	try {
		return FileLock.take(join(workingDirectory, 'agent.lock'));
	} catch (error) {
		if (error instanceof LockHeld || !(error instanceof Error && 'syscall' in error)) throw error;
		throw new UnusableFolder(`the folder ${workingDirectory} cannot be used: ${error.message}`);
	}
}

/** Unless a port is told, that of deployed agents, where scripts look for it. */
async function statusServer(
	port: number | undefined,
	...listening: [Listening, Redact]
): Promise<StatusServer> {
	if (port !== undefined) return StatusServer.start(port, ...listening);
	return StatusServer.start(STATUS_PORT, ...listening).catch((error: unknown) => {
		if (error instanceof PortTaken) return StatusServer.start(0, ...listening);
		throw error;
	});
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
		...(options.source === undefined ? {} : { source: options.source }),
		...(options.maxLogBytes === undefined ? {} : { maxLogBytes: options.maxLogBytes }),
	});
}
