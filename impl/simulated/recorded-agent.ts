import type { WireResponse } from '../wire/exchange.ts';
import type { AgentSeen, Heard, SimulatedAgent } from './agent.ts';
import type { SimulatedNetwork, Waiting } from './network.ts';
import { type AgentMoment, type AgentRecords, keyOf, type Reaction, type Told } from './records.ts';
import type { Exchange } from './transport.ts';

/** An agent that does what the records say, so that it can be put back to any moment. */
export class RecordedAgent implements SimulatedAgent {
	readonly #records: AgentRecords;
	readonly #network: SimulatedNetwork;
	/** By their numbers. */
	readonly #connections: Waiting[] = [];
	#moment: AgentMoment;

	constructor(records: AgentRecords, network: SimulatedNetwork) {
		this.#records = records;
		this.#network = network;
		this.#moment = records.first;
	}

	get seen(): AgentSeen {
		return this.#moment.seen;
	}

	/** Another agent on the same host begins. */
	startAgain(): this {
		this.#moment = this.#records.first;
		return this;
	}

	snapshot(): AgentMoment {
		return this.#moment;
	}

	putBack(moment: AgentMoment): void {
		this.#moment = moment;
	}

	hear(heard: Heard): void | Promise<void> {
		return this.#tell(heard);
	}

	async beatReliably(exchange: Exchange): Promise<void> {
		const moment = this.#moment;
		const envelope = moment.beat === undefined ? await this.#records.beatOf(moment) : moment.beat;
		if (envelope === null) return;
		await this.#tell({ kind: 'beat answered', response: await exchange(envelope) });
	}

	die(): void {
		for (const number of this.#moment.open) this.#network.closed(this.#connection(number));
	}

	#tell(told: Told): void | Promise<void> {
		const key = keyOf(told);
		const known = this.#moment.reactions.get(key);
		if (known !== undefined) return this.#act(known);
		return this.#records.find(this.#moment, key, told).then((reaction) => this.#act(reaction));
	}

	#act({ said, to }: Reaction): void {
		this.#moment = to;
		for (const one of said) {
			const connection = this.#connection(one.connection);
			if (one.kind === 'request') this.#network.request(one.envelope, connection);
			else this.#network.closed(connection);
		}
	}

	#connection(number: number): Waiting {
		const known = this.#connections[number];
		if (known !== undefined) return known;
		const connection: Waiting = {
			deliver: (response: WireResponse) =>
				this.#tell({ kind: 'reply', connection: number, response }),
		};
		this.#connections[number] = connection;
		return connection;
	}
}
