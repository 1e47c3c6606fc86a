import type { PostedStatus } from '../../model/vocabulary/event.ts';
import type { Configurations } from '../ports/configuration.ts';
import type { Shell } from '../ports/shell.ts';
import type { Timers } from '../ports/timers.ts';
import type { Transport } from '../ports/transport.ts';
import { Client } from './client.ts';
import { type HostIdentity, Requests, type Work } from './requests.ts';
import { TaskRun, type TaskRunPorts } from './task-run.ts';

/** Seconds between two questions for work; deployed agents double it up to a minute (lifecycle 1.5). */
const POLL_S = 10;

export interface AgentOptions {
	readonly host: HostIdentity;
	readonly transport: Transport;
	readonly timers: Timers;
	readonly shell: Shell;
	readonly configurations: Configurations;
	/** How often a call is sent at the most. */
	readonly callAttempts: number;
}

/** The program on a host that asks for tasks and runs them, one at a time (lifecycle 4.1). */
export class Agent {
	readonly client: Client;
	/** The execution that the agent holds: from the moment it is handed out until its end is settled. */
	current: TaskRun | null = null;
	readonly #timers: Timers;
	readonly #requests: Requests;
	readonly #ports: TaskRunPorts;

	constructor(options: AgentOptions) {
		const { transport, timers, shell, configurations } = options;
		this.client = new Client(transport, timers, options.callAttempts);
		this.#timers = timers;
		this.#requests = new Requests(options.host);
		this.#ports = {
			transport,
			timers,
			shell,
			configurations,
			client: this.client,
			requests: this.#requests,
		};
	}

	/** Asks for work, does it, and asks again, for ever. */
	async run(): Promise<never> {
		for (;;) {
			await this.#timers.sleep(POLL_S, 'poll').over;
			const work = await this.#askForWork();
			if (work === null) continue;
			this.current = new TaskRun(this.#ports, work);
			await this.current.toEnd();
			this.current = null;
		}
	}

	/** The local API's `task_status`: an end status, posted by a process on the host. */
	post(posted: PostedStatus): void {
		this.current?.post(posted);
	}

	async #askForWork(): Promise<Work | null> {
		const answer = await this.client.call(this.#requests.next());
		if (answer === null) return null;
		const { task_id, task_secret, task_execution } = answer.body;
		if (task_id === undefined || task_secret === undefined || task_execution === undefined)
			return null;
		return { execution: { task: task_id, execution: task_execution }, secret: task_secret };
	}
}
