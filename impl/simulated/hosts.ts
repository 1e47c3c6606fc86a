import type { Away } from '../../model/vocabulary/observation.ts';
import { isLate, type Setup } from '../../model/vocabulary/setup.ts';
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

/** Where a host is; `agent` null: dead. */
export interface HostMoment {
	readonly away: Away | null;
	readonly agent: AgentMoment | null;
}

const ABSENT: HostMoment = { away: null, agent: null };

/**
 * The secret of a host that comes late: known before it comes, so that what its agent says does not depend on when it
 * comes, and can be on record.
 */
export const lateSecret = (host: string): string => `secret of ${host}`;

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
				const away = isLate(setup, id) ? ('to-come' as const) : null;
				const secret = away === null ? store.committedHost(id)?.secret : lateSecret(id);
				const identity = { id, secret: secret ?? '' };
				const options = { host: identity, configurations, callAttempts, variant, rules };
				if (!recorded) {
					const start = () => {
						const process = new AgentProcess({ ...options, network });
						processes.set(id, process);
						return process;
					};
					return [id, new SimulatedHost({ id, away, start, gone: () => processes.delete(id) })];
				}
				const agent = new RecordedAgent(new AgentRecords(options), network);
				const host = new SimulatedHost({ id, away, start: () => agent.startAgain() });
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

	/** Where the hosts and their agents are, in the order of the hosts. */
	snapshot(): readonly HostMoment[] {
		return this.#recorded.map(({ host, agent }) => ({
			away: host.away,
			agent: host.agent === null ? null : agent.snapshot(),
		}));
	}

	putBack(moments: readonly HostMoment[]): void {
		for (const [place, { host, agent }] of this.#recorded.entries()) {
			const { away, agent: moment } = moments[place] ?? ABSENT;
			if (moment !== null) agent.putBack(moment);
			host.agent = moment === null ? null : agent;
			host.away = away;
		}
	}

	get #areAtRest(): boolean {
		for (const process of this.#processes()) if (!process.isAtRest) return false;
		return true;
	}
}

interface HostOptions {
	readonly id: string;
	/** What it is at first; null: it is there. */
	readonly away: Away | null;
	/** Starts an agent on it. */
	start(): SimulatedAgent;
	/** Its agent is no more. */
	gone?(): void;
}

/** One host: it outlives the agents that run on it, one after another. */
export class SimulatedHost {
	readonly id: string;
	away: Away | null;
	/** Null while the agent is dead, or the host is away. */
	agent: SimulatedAgent | null;
	readonly #options: HostOptions;

	constructor(options: HostOptions) {
		this.#options = options;
		this.id = options.id;
		this.away = options.away;
		this.agent = options.away === null ? options.start() : null;
	}

	comes(): void {
		this.away = null;
		this.agentReturns();
	}

	/** With all that runs there. */
	goes(): void {
		this.away = 'gone';
		this.agentDies();
	}

	agentReturns(): void {
		this.agent = this.#options.start();
	}

	agentDies(): void {
		this.agent?.die();
		this.agent = null;
		this.#options.gone?.();
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
