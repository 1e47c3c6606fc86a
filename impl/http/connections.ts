import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * The connections of a server, and how many requests are under way on each: `closeIdleConnections` of
 * Node leaves those alone that have not sent a request yet.
 */
export class Connections {
	readonly #underWay = new Map<Socket, number>();
	#ending = false;

	constructor(server: Server) {
		server.on('connection', (socket) => {
			this.#underWay.set(socket, 0);
			socket.once('close', () => this.#underWay.delete(socket));
		});
		server.on('request', ({ socket }, response) => {
			this.#count(socket, 1);
			response.once('close', () => this.#count(socket, -1));
		});
	}

	/** Ends every connection as soon as nothing is under way on it. */
	end(): void {
		this.#ending = true;
		for (const socket of this.#underWay.keys()) this.#endIfIdle(socket);
	}

	#count(socket: Socket, change: number): void {
		const before = this.#underWay.get(socket);
		// Closed meanwhile.
		if (before === undefined) return;
		this.#underWay.set(socket, before + change);
		if (this.#ending) this.#endIfIdle(socket);
	}

	#endIfIdle(socket: Socket): void {
		if (this.#underWay.get(socket) === 0) socket.destroySoon();
	}
}
