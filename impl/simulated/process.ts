import { Agent } from '../agent/agent.ts';
import type { HostIdentity } from '../agent/requests.ts';
import type { AgentRules } from '../agent/rules.ts';
import type { AgentVariant } from '../agent/variant.ts';
import type { Configurations } from '../ports/configuration.ts';
import type { Reports } from '../ports/reports.ts';
import type { SimulatedNetwork } from './network.ts';
import { SimulatedShell } from './shell.ts';
import { SimulatedTimers } from './timers.ts';
import { type Exchange, SimulatedTransport } from './transport.ts';

/** What an agent's process finds on its host. */
export interface ProcessOptions {
	readonly host: HostIdentity;
	readonly network: SimulatedNetwork;
	readonly configurations: Configurations;
	readonly callAttempts: number;
	readonly variant: AgentVariant;
	readonly rules: Partial<AgentRules>;
}

/** Stories do not speak of reports. */
const UNHEARD: Reports = {
	failedEnd: () => {},
	tornDown: () => {},
	disableHost: () => {},
	giveUp: () => {},
};

/** An agent and its simulated ports: what dies when the agent dies. */
export class AgentProcess {
	readonly agent: Agent;
	readonly timers = new SimulatedTimers();
	readonly shell = new SimulatedShell();
	readonly transport: SimulatedTransport;
	/** What ended the agent's loop, which only a bug can. */
	#bug: { readonly error: unknown } | null = null;

	constructor({ host, network, configurations, callAttempts, variant, rules }: ProcessOptions) {
		const { timers, shell } = this;
		this.transport = new SimulatedTransport(network);
		const { transport } = this;
		this.agent = new Agent({
			host,
			transport,
			timers,
			shell,
			configurations,
			reports: UNHEARD,
			callAttempts,
			variant,
			rules,
		});
		this.agent.run().catch((error: unknown) => {
			this.#bug = { error };
		});
	}

	/**
	 * Whether the agent waits for an event, in its main line and in its heartbeat. Every port that it
	 * can wait on is simulated, so that it is at rest when this is true and no microtask is left.
	 */
	get isAtRest(): boolean {
		if (this.#bug !== null) throw this.#bug.error;
		const { timers, shell, transport } = this;
		const awaitsHeartbeat = transport.heartbeat?.isOpen === true ? 1 : 0;
		return (
			timers.beats === awaitsHeartbeat &&
			(timers.isPolling || shell.running !== null || transport.call?.isOpen === true)
		);
	}

	/** Exchanges one heartbeat, reliably and at once, if the agent holds an execution. */
	beatReliably(exchange: Exchange): void {
		this.transport.reliably(exchange, () => this.timers.beat());
	}

	/** An hour is longer than any call may take, and than teardown_group may. */
	letHourPass(): void {
		if (this.shell.running?.block === 'teardown_group') this.shell.end('timed-out-block');
		else this.timers.reachDeadline();
	}

	/** Nothing of the host has reached the server for an hour: longer than *F* and every retry. */
	cutOff(): void {
		const { agent, shell, timers } = this;
		if (agent.current === null && shell.running === null) timers.reachDeadline();
		else timers.reachFence();
	}

	/** The process dies: its connections are closed, and nothing that it waits for ever comes. */
	die(): void {
		this.transport.drop();
	}
}
