import type { Setup } from '../../model/vocabulary/setup.ts';
import type { AgentRules } from '../agent/rules.ts';
import type { AgentVariant } from '../agent/variant.ts';
import {
	type Configuration,
	type Configurations,
	DEFAULT_AGENT_SETUP,
} from '../ports/configuration.ts';
import type { Committed } from '../store/committed.ts';
import type { SimulatedAgent } from './agent.ts';
import type { SimulatedNetwork } from './network.ts';
import { AgentProcess } from './process.ts';
import { RecordedAgent } from './recorded-agent.ts';
import { type AgentMoment, AgentRecords } from './records.ts';
import { untilAtRest } from './rest.ts';

export interface HostsOptions {
	readonly setup: Setup;
	readonly network: SimulatedNetwork;
	readonly store: Committed;
	readonly variant: AgentVariant;
	readonly rules: Partial<AgentRules>;
	/** Whether agents do what is on record, so that they can be put back. */
	readonly recorded: boolean;
}

/** The hosts of a setup, in its order, and the agents that live on them. */
export class SimulatedHosts implements Iterable<SimulatedHost> {
	readonly #hosts: ReadonlyMap<string, SimulatedHost>;
	/** Those that run by themselves. */
	readonly #processes: () => Iterable<AgentProcess>;
	readonly #recorded: readonly { readonly host: SimulatedHost; readonly agent: RecordedAgent }[];

	constructor({ setup, network, store, variant, rules, recorded }: HostsOptions) {
		const configurations = configurationsOf(setup);
		const callAttempts = setup.policy.call_attempts;
		const processes = new Map<string, AgentProcess>();
		const onRecord: { host: SimulatedHost; agent: RecordedAgent }[] = [];
		this.#processes = () => processes.values();
		this.#recorded = onRecord;
		this.#hosts = new Map(
			setup.hosts.map((id) => {
				const identity = { id, secret: store.committedHost(id)?.secret ?? '' };
				const options = { host: identity, configurations, callAttempts, variant, rules };
				if (!recorded) {
					const start = () => {
						const process = new AgentProcess({ ...options, network });
						processes.set(id, process);
						return process;
					};
					return [id, new SimulatedHost(id, start, () => processes.delete(id))];
				}
				const agent = new RecordedAgent(new AgentRecords(options), network);
				const host = new SimulatedHost(id, () => agent.startAgain());
				onRecord.push({ host, agent });
				return [id, host];
			}),
		);
	}

	[Symbol.iterator](): Iterator<SimulatedHost> {
		return this.#hosts.values();
	}

	at(id: string): SimulatedHost {
		const host = this.#hosts.get(id);
		if (host === undefined) throw new Error(`no host "${id}"`);
		return host;
	}

	/** Waits until every agent waits for an event; agents on record always do. */
	rest(): Promise<void> | void {
		if (this.#recorded.length === 0) return untilAtRest(() => this.#areAtRest);
	}

	/** Where the agents are, in the order of the hosts; null: dead. */
	snapshot(): readonly (AgentMoment | null)[] {
		return this.#recorded.map(({ host, agent }) => (host.agent === null ? null : agent.snapshot()));
	}

	putBack(moments: readonly (AgentMoment | null)[]): void {
		for (const [place, { host, agent }] of this.#recorded.entries()) {
			const moment = moments[place] ?? null;
			if (moment !== null) agent.putBack(moment);
			host.agent = moment === null ? null : agent;
		}
	}

	get #areAtRest(): boolean {
		for (const process of this.#processes()) if (!process.isAtRest) return false;
		return true;
	}
}

/** One host: it outlives the agents that run on it, one after another. */
export class SimulatedHost {
	readonly id: string;
	/** Null while the agent is dead. */
	agent: SimulatedAgent | null;
	readonly #start: () => SimulatedAgent;
	readonly #gone: () => void;

	constructor(id: string, start: () => SimulatedAgent, gone: () => void = () => {}) {
		this.id = id;
		this.#start = start;
		this.#gone = gone;
		this.agent = start();
	}

	agentReturns(): void {
		this.agent = this.#start();
	}

	agentDies(): void {
		this.agent?.die();
		this.agent = null;
		this.#gone();
	}
}

function configurationsOf({ project, requester, tasks }: Setup): Configurations {
	const known = new Map<string, Configuration>(
		tasks.map(({ id, task, variant, group }) => [
			id,
			{ project, task, variant, requester, ...(group === undefined ? {} : { group }) },
		]),
	);
	return {
		ofAgent: () => DEFAULT_AGENT_SETUP,
		of: ({ execution }) => {
			const configuration = known.get(execution.task);
			if (configuration === undefined) throw new Error(`no task "${execution.task}"`);
			return configuration;
		},
		giveUp: () => {},
	};
}
