import type { Connection, Envelope, Transport } from '../ports/transport.ts';

/** A transport that keeps count, so that an observer can tell when all that was sent has come through. */
export class CountedTransport implements Transport {
	/** Connections that were opened. */
	opened = 0;
	readonly #transport: Transport;
	readonly #waiting = new Map<Connection, 'call' | 'heartbeat'>();

	constructor(transport: Transport) {
		this.#transport = transport;
	}

	/** Connections on which an answer is awaited. */
	get awaited(): number {
		return this.#waiting.size;
	}

	awaits(what: 'call' | 'heartbeat'): boolean {
		return [...this.#waiting.values()].includes(what);
	}

	open(envelope: Envelope): Connection {
		this.opened++;
		const connection = this.#transport.open(envelope);
		this.#waiting.set(connection, envelope.route === 'heartbeat' ? 'heartbeat' : 'call');
		const over = (): void => {
			this.#waiting.delete(connection);
		};
		return {
			response: connection.response.finally(over),
			close: () => {
				over();
				connection.close();
			},
		};
	}
}
