import type { Connection, Envelope, Transport } from '../ports/transport.ts';
import type { WireResponse } from '../wire/exchange.ts';
import { type AgentNetwork, SimulatedConnection } from './network.ts';

/** Answers a request at once, outside the network. */
export type Exchange = (envelope: Envelope) => Promise<WireResponse>;

/** How one agent reaches the app server: through the network, save when time passes (semantics, "When time passes"). */
export class SimulatedTransport implements Transport {
	/** The connection of the call that the agent waits for. */
	call: SimulatedConnection | null = null;
	/** The connection of the last heartbeat. */
	heartbeat: SimulatedConnection | null = null;
	readonly #network: AgentNetwork;
	#atOnce: ((envelope: Envelope) => Promise<WireResponse | null>) | null = null;

	constructor(network: AgentNetwork) {
		this.#network = network;
	}

	open(envelope: Envelope): Connection {
		if (this.#atOnce !== null) return { response: this.#atOnce(envelope), close: () => {} };
		const connection = new SimulatedConnection(this.#network);
		if (envelope.route === 'heartbeat') this.heartbeat = connection;
		else this.call = connection;
		this.#network.request(envelope, connection);
		return connection;
	}

	/** Lets what is opened during an action be answered reliably and at once. */
	reliably(exchange: Exchange, action: () => void): void {
		this.#atOnce = exchange;
		action();
		this.#atOnce = null;
	}

	/** What is opened during an action reaches nobody. */
	unreachable(action: () => void): void {
		this.#atOnce = async () => null;
		action();
		this.#atOnce = null;
	}

	/** The agent is no more. */
	drop(): void {
		this.call?.drop();
		this.heartbeat?.drop();
	}
}
