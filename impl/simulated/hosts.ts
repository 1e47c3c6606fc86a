import type { Setup } from '../../model/vocabulary/setup.ts';
import type { AgentRules } from '../agent/rules.ts';
import type { AgentVariant } from '../agent/variant.ts';
import {
	type Configuration,
	type Configurations,
	DEFAULT_AGENT_SETUP,
} from '../ports/configuration.ts';
import type { Committed } from '../store/committed.ts';
import type { SimulatedNetwork } from './network.ts';
import { AgentProcess } from './process.ts';

/** The hosts of a setup, in its order, and the agents that live on them. */
export class SimulatedHosts implements Iterable<SimulatedHost> {
	readonly #hosts: ReadonlyMap<string, SimulatedHost>;

	constructor(
		setup: Setup,
		network: SimulatedNetwork,
		store: Committed,
		{ variant, rules }: { variant: AgentVariant; rules: Partial<AgentRules> },
	) {
		const configurations = configurationsOf(setup);
		this.#hosts = new Map(
			setup.hosts.map((id) => {
				const host = { id, secret: store.committedHost(id)?.secret ?? '' };
				const callAttempts = setup.policy.call_attempts;
				const options = { host, network, configurations, callAttempts, variant, rules };
				return [id, new SimulatedHost(id, () => new AgentProcess(options))];
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

	get areAtRest(): boolean {
		for (const { process } of this.#hosts.values()) if (process?.isAtRest === false) return false;
		return true;
	}
}

/** One host: it outlives the agents that run on it, one after another. */
export class SimulatedHost {
	readonly id: string;
	/** Null while the agent is dead. */
	process: AgentProcess | null;
	readonly #start: () => AgentProcess;

	constructor(id: string, start: () => AgentProcess) {
		this.id = id;
		this.#start = start;
		this.process = start();
	}

	agentReturns(): void {
		this.process = this.#start();
	}

	agentDies(): void {
		this.process?.die();
		this.process = null;
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
