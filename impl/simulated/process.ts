import { TIMING } from '../../model/vocabulary/setup.ts';
import { Agent } from '../agent/agent.ts';
import type { HostIdentity } from '../agent/requests.ts';
import type { AgentRules } from '../agent/rules.ts';
import type { AgentVariant } from '../agent/variant.ts';
import type { Configurations } from '../ports/configuration.ts';
import type { Reports } from '../ports/reports.ts';
import type { AgentSeen, Heard, SimulatedAgent } from './agent.ts';
import type { AgentNetwork } from './network.ts';
import { SimulatedShell } from './shell.ts';
import { SimulatedTimers } from './timers.ts';
import { type Exchange, SimulatedTransport } from './transport.ts';

/** What an agent's process finds on its host. */
export interface ProcessOptions {
	readonly host: HostIdentity;
	readonly network: AgentNetwork;
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
export class AgentProcess implements SimulatedAgent {
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

	/** Whether it waits for nothing but the time to ask for work. */
	get isIdle(): boolean {
		const { agent, timers, transport } = this;
		return (
			timers.isBare &&
			agent.current === null &&
			!agent.group.isSetUp &&
			transport.call?.isOpen !== true &&
			transport.heartbeat?.isOpen !== true
		);
	}

	get seen(): AgentSeen {
		const { agent, shell } = this;
		const { current } = agent;
		return {
			execution: current?.execution ?? null,
			group: agent.group.seen,
			call: agent.client.pending,
			command: shell.running,
			askingFor: current?.askingFor ?? null,
			background: shell.behind,
			posted: current?.status.posted ?? null,
		};
	}

	hear(heard: Heard): void {
		const { agent, timers, shell, transport } = this;
		switch (heard.kind) {
			case 'poll':
				return timers.poll();
			case 'beat':
				return timers.beat();
			case 'retry':
				return transport.call?.close();
			case 'deadline':
				return timers.reachDeadline();
			case 'command ends':
				return shell.end(heard);
			case 'background fails':
				return shell.failInBackground(heard.position, heard.exit);
			case 'status posted':
				return agent.post(heard.posted, heard.remarks);
			case 'minutes':
				return this.#pass(heard.minutes * 60, heard.cutOff);
		}
	}

	#pass(duration_s: number, cutOff: boolean): void {
		const { timers, shell, transport } = this;
		if (timers.pass(duration_s, cutOff)) return;
		const isLeaving = shell.running?.block === 'teardown_group';
		// The limit of the block is the host's; its fence went up when it began.
		if (isLeaving && timers.fenced_s >= TIMING.teardown_group_s)
			shell.end({ outcome: 'timed-out-block' });
		if (cutOff && timers.isBeatDue) transport.unreachable(() => timers.beat());
	}

	beatReliably(exchange: Exchange): void {
		const { timers, transport } = this;
		if (timers.isBeatDue) transport.reliably(exchange, () => timers.beat());
	}

	die(): void {
		this.transport.drop();
	}
}
