import { Socket } from 'node:net';
import pg from 'pg';

/**
 * A connection on which queries are sent without waiting for the answers to those before, and in one piece
 * if they are asked in one turn of the event loop: a system call costs more than most queries.
 */
export class GatheringClient extends pg.Client {
	readonly #socket: Socket;

	constructor(config?: pg.ClientConfig) {
		const socket = new Socket();
		super({ ...config, pipeline: true, stream: () => socket });
		this.#socket = socket;
	}

	/** Holds back what is asked from now on until the turn is over. */
	gather(): void {
		if (this.#socket.writableCorked > 0) return;
		this.#socket.cork();
		process.nextTick(() => this.#socket.uncork());
	}
}
