import type { CommandOutcome, Exit } from '../../model/vocabulary/command.ts';
import type { Route } from '../../model/vocabulary/message.ts';
import type { Project } from '../../model/vocabulary/project.ts';
import type { Requester } from '../../model/vocabulary/setup.ts';
import { Agent, type Departure } from '../agent/agent.ts';
import type { AgentVariant } from '../agent/variant.ts';
import { flagAgent } from '../designs/flag-agent.ts';
import {
	type AgentSetup,
	type Configuration,
	SetupFailed,
	type Work,
} from '../ports/configuration.ts';
import type { Refusal } from '../ports/shell.ts';
import type { Envelope } from '../ports/transport.ts';
import { LightResponse } from '../wire/exchange.ts';
import { HeldShell, HeldTimers, HeldTransport, nameOfWork, settled } from './held-ports.ts';

interface Options {
	readonly project?: Partial<Project>;
	readonly requester?: Requester;
	readonly variant?: AgentVariant;
	readonly setup?: AgentSetup;
	/** Which entries cannot be rendered. */
	readonly refusal?: Refusal;
	/** What is asked for and answered only when a test says so: of the agent, of its task, or as it reports. */
	readonly holds?: readonly ('agent' | 'task' | 'reports')[];
}

/** A task as it is handed out; of a group if one is named. */
export const handOut = (task: string, execution = 0, group?: string): object => ({
	outcome: 'task',
	task_id: task,
	task_secret: `secret of ${task}`,
	task_execution: execution,
	...(group === undefined ? {} : { task_group: group, version: 'v1', build: 'b1' }),
});

export const NOTHING = { outcome: 'nothing' };

/** An agent alone, on a host and before an app server that a test plays. */
export class AgentFixture {
	readonly timers = new HeldTimers();
	readonly shell = new HeldShell((what) => this.#did.push(what));
	readonly transport = new HeldTransport((what) => this.#did.push(what));
	readonly agent: Agent;
	/** Why it left. */
	departure: Departure | null = null;
	/** Why no configuration can be had, if none can. */
	trouble: Error | null = null;
	#did: string[] = [];
	#failure: unknown = null;
	readonly #fail = (error: unknown): void => {
		this.#failure = error;
	};
	#letGo: () => void = () => {};

	static async of(options: Options = {}): Promise<AgentFixture> {
		const fixture = new AgentFixture(options);
		await fixture.settle();
		return fixture;
	}

	private constructor(options: Options) {
		const { project, requester = 'gitter_request', holds = [], setup } = options;
		if (options.refusal !== undefined) this.shell.refusal = options.refusal;
		const held = async (what: 'agent' | 'task' | 'reports'): Promise<'let go' | 'given up'> => {
			if (!holds.includes(what)) return 'let go';
			return new Promise((resolve) => {
				this.#letGo = () => resolve('let go');
				this.#giveUp = () => resolve('given up');
			});
		};
		const report = async (what: string): Promise<void> => {
			this.#did.push(what);
			await held('reports');
		};
		this.agent = new Agent({
			host: { id: 'h1', secret: 'secret of h1' },
			transport: this.transport,
			timers: this.timers,
			shell: this.shell,
			configurations: {
				ofAgent: async () => {
					await held('agent');
					return setup ?? { noticesBackgroundFailures: true };
				},
				of: async (work) => {
					if (this.trouble !== null) throw this.trouble;
					if ((await held('task')) === 'given up') throw new SetupFailed('it was given up');
					return configurationOf(work, requester, project);
				},
				giveUp: () => this.#giveUp(),
			},
			reports: {
				failedEnd: (work) => report(`failed end ${nameOfWork(work)}`),
				tornDown: (work) => report(`torn down ${nameOfWork(work)}`),
				disableHost: (reason) => report(`disable: ${reason}`),
				giveUp: () => this.#giveUp(),
			},
			callAttempts: 3,
			variant: options.variant ?? flagAgent,
		});
		this.agent.run().then((departure) => {
			this.departure = departure;
		}, this.#fail);
	}

	#giveUp: () => void = () => {};

	/** What the agent did, in its order, since it was asked last. */
	news(): readonly string[] {
		const did = this.#did;
		this.#did = [];
		return did;
	}

	/** The pause until it asks for work, or until it sends a call again. */
	get pause_s(): number | null {
		return this.timers.sleep_s;
	}

	/** Calls that it waits for. */
	get awaited(): readonly Route[] {
		return this.transport.openCalls.map(({ envelope }) => envelope.route);
	}

	/** Its timers that run, each with its seconds. */
	get running(): readonly string[] {
		return this.timers.running.map(({ purpose, delay_s }) => `${purpose} ${delay_s}`);
	}

	async wake(): Promise<void> {
		if (this.pause_s === null) throw new Error('it does not sleep');
		this.timers.wake();
		await this.settle();
	}

	/** The pause is over, and it asks for work: that is answered. */
	async polls(body: object, status = 200): Promise<void> {
		await this.wake();
		await this.answer('next', body, status);
	}

	async answer(
		route: Route,
		body: object | null = { outcome: 'ok' },
		status = 200,
	): Promise<Envelope> {
		const answer = body === null ? null : new LightResponse(status, body);
		const envelope = this.transport.answer(route, answer);
		await this.settle();
		return envelope;
	}

	async ends(outcome: CommandOutcome, exit?: Exit): Promise<void> {
		this.shell.end({ outcome, exit });
		await this.settle();
	}

	async fire(purpose: 'deadline' | 'fence' | 'beat'): Promise<void> {
		this.timers.fire(purpose).catch(this.#fail);
		await this.settle();
	}

	/** What is held is answered. */
	async letGo(): Promise<void> {
		this.#letGo();
		await this.settle();
	}

	async stop(): Promise<void> {
		this.agent.stop();
		await this.settle();
	}

	/** All that is due has happened. */
	async settle(): Promise<void> {
		await settled();
		const failure = this.#failure;
		this.#failure = null;
		if (failure !== null) throw failure;
	}
}

/** A task of two commands, before and after which something runs; in a group, all of its blocks have a command. */
function configurationOf(
	work: Work,
	requester: Requester,
	project: Partial<Project> = {},
): Configuration {
	const { group } = work.group ?? {};
	const command = { command: 'make' };
	const names = ['g', 'other'];
	return {
		project: {
			id: 'p1',
			pre: [command],
			post: [command],
			timeout: [command],
			tasks: [{ name: 'compile', commands: [{ ...command, retry_on_failure: true }] }],
			task_groups: names.map((name) => ({
				name,
				tasks: ['compile'],
				setup_group: [command],
				teardown_group: [command, command],
			})),
			...project,
		},
		task: 'compile',
		variant: 'ubuntu',
		requester,
		...(group === undefined ? {} : { group }),
	};
}
