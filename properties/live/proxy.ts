import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Message, MessageSelector } from '../../model/vocabulary/message.ts';
import {
	type HeldConnection,
	type HeldReply,
	type HeldRequest,
	type InFlight,
	Messages,
} from './in-flight.ts';
import { ReadAhead } from './read-ahead.ts';
import { WireReader } from './reading.ts';

/** What the proxy knows of the connections of one agent's process. */
export interface Traffic {
	/** Requests that have come in since the process began. */
	readonly received: number;
	/** Those whose connection is still open. */
	readonly open: number;
	/** Of these those that are let through, and not answered yet. */
	readonly passing: number;
}

/**
 * Lies between the agents and the app server, on a socket of its own: agents know no other address.
 * It holds every request and every reply until it is told what becomes of it.
 */
export class FaultProxy {
	readonly address: string;
	/** Where requests are sent on to; null while the app server is down. */
	appServer: string | null = null;
	readonly #server: Server;
	readonly #messages = new Messages();
	readonly #reader = new WireReader();
	readonly #readAhead = new ReadAhead((request) => this.sendOn(request));
	readonly #open = new Set<HeldConnection>();
	readonly #passing = new Set<HeldConnection>();
	readonly #received = new Map<string, number>();
	/** Hosts whose heartbeats are exchanged reliably and at once now (semantics, "When time passes"). */
	readonly #reliable = new Set<string>();
	/** Hosts whose heartbeats reach nobody now. */
	readonly #unreachable = new Set<string>();

	static async start(): Promise<FaultProxy> {
		const server = createServer();
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return new FaultProxy(server);
	}

	private constructor(server: Server) {
		this.#server = server;
		const { port } = server.address() as AddressInfo;
		this.address = `http://127.0.0.1:${port}`;
		server.on('request', (incoming, response) => void this.#receive(incoming, response));
	}

	/** Messages in flight, oldest first. */
	get messages(): Message[] {
		return this.#messages.seen;
	}

	trafficOf(host: string): Traffic {
		const open = [...this.#open].filter((connection) => connection.host === host);
		const passing = open.filter((connection) => this.#passing.has(connection));
		return {
			received: this.#received.get(host) ?? 0,
			open: open.length,
			passing: passing.length,
		};
	}

	/** A new process begins on the host. */
	resetTraffic(host: string): void {
		this.#received.set(host, 0);
	}

	/** Delivers a message: a reply to its agent, a request to the app server, whose reply is then held. */
	async deliver(selector: MessageSelector): Promise<Message | null> {
		const message = this.#messages.take(selector);
		if (message.leg === 'reply') {
			if (message.connection !== null) this.#answer(message.connection, message.reply);
			return null;
		}
		return this.reply(message, await this.sendOn(message.request));
	}

	/** The app server has replied to a request: the reply is held, if anybody waits for it. */
	async reply(message: Extract<InFlight, { leg: 'request' }>, reply: HeldReply): Promise<Message> {
		const seen = this.#reader.reply(message.seen, reply);
		if (seen.outcome === 'task') await this.#readAhead.handedOut(message.request, reply);
		if (message.connection !== null && this.isOpen(message.connection))
			this.#messages.add({ leg: 'reply', seen, connection: message.connection, reply });
		return seen;
	}

	isOpen(connection: HeldConnection): boolean {
		return this.#open.has(connection);
	}

	/** Takes a message out of the network: it is lost, or somebody else sends it on. */
	take(selector: MessageSelector): InFlight {
		return this.#messages.take(selector);
	}

	repeat(selector: MessageSelector): void {
		this.#messages.repeat(selector);
	}

	/** Breaks the connection of the call that the agent of a host waits for, its heartbeat's aside. */
	breakCall(host: string): void {
		for (const connection of this.#open)
			if (connection.host === host && !connection.isHeartbeat) {
				this.#over(connection);
				connection.response.destroy();
			}
	}

	/** Waits until all connections of a host that is no more are seen to be closed. */
	async hungUp(host: string): Promise<void> {
		for (const connection of [...this.#open])
			if (connection.host === host && !connection.response.closed)
				await new Promise((resolve) => connection.response.once('close', resolve));
	}

	/** Lets a host's heartbeats through, at once and unseen, or no longer. */
	setReliable(host: string, reliable: boolean): void {
		if (reliable) this.#reliable.add(host);
		else this.#reliable.delete(host);
	}

	/** Lets a host's heartbeats reach nobody, or go their usual way again. */
	setUnreachable(host: string, unreachable: boolean): void {
		if (unreachable) this.#unreachable.add(host);
		else this.#unreachable.delete(host);
	}

	/** Sends a request to the app server, or another one. @throws when nobody answers it. */
	async sendOn(
		{ method, path, headers, body }: HeldRequest,
		appServer: string | null = this.appServer,
	): Promise<HeldReply> {
		if (appServer === null) throw new Error('the app server is down');
		const response = await fetch(`${appServer}${path}`, {
			method,
			headers,
			...(method === 'GET' ? {} : { body }),
		});
		return {
			status: response.status,
			type: response.headers.get('content-type') ?? '',
			body: Buffer.from(await response.arrayBuffer()),
		};
	}

	/** Forgets everything: another story begins. */
	clear(): void {
		for (const connection of this.#open) connection.response.destroy();
		this.#open.clear();
		this.#passing.clear();
		this.#messages.clear();
		this.#reader.forget();
		this.#readAhead.forget();
		this.#received.clear();
		this.#reliable.clear();
	}

	async stop(): Promise<void> {
		this.clear();
		this.#server.closeAllConnections();
		await new Promise((resolve) => this.#server.close(resolve));
	}

	/** The harness may end though the proxy still listens. */
	unref(): void {
		this.#server.unref();
	}

	async #receive(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		response.on('error', () => {});
		try {
			for await (const chunk of incoming) chunks.push(chunk as Buffer);
		} catch {
			return; // The sender hung up before the request was whole: it was never sent.
		}
		this.#hold(requestOf(incoming, Buffer.concat(chunks).toString('utf8')), response);
	}

	#hold(request: HeldRequest, response: ServerResponse): void {
		const seen = this.#reader.request(request);
		const host = this.#reader.hostOf(request);
		const connection: HeldConnection = { host, isHeartbeat: seen?.route === 'heartbeat', response };
		if (seen !== null) {
			this.#received.set(host, (this.#received.get(host) ?? 0) + 1);
			this.#open.add(connection);
			response.on('close', () => this.#over(connection));
		}
		if (connection.isHeartbeat && this.#unreachable.has(host)) response.destroy();
		else if (seen !== null && !(connection.isHeartbeat && this.#reliable.has(host)))
			this.#messages.add({ leg: 'request', seen, connection, request });
		else void this.#passOn(request, connection);
	}

	/** A request that is no event of a story is answered at once. */
	async #passOn(request: HeldRequest, connection: HeldConnection): Promise<void> {
		this.#passing.add(connection);
		try {
			const reply = this.#readAhead.replyTo(request) ?? (await this.sendOn(request));
			this.#answer(connection, reply);
		} catch {
			connection.response.destroy();
		} finally {
			this.#passing.delete(connection);
		}
	}

	#over(connection: HeldConnection): void {
		this.#open.delete(connection);
		this.#messages.closed(connection);
	}

	#answer(connection: HeldConnection, { status, type, body }: HeldReply): void {
		this.#over(connection);
		connection.response.writeHead(status, { 'content-type': type });
		connection.response.end(body);
	}
}

/** Headers that belong to one connection and are made anew for the next. */
const HOP_BY_HOP = new Set([
	'host',
	'connection',
	'content-length',
	'transfer-encoding',
	'keep-alive',
]);

function requestOf({ method, url, headers }: IncomingMessage, body: string): HeldRequest {
	const kept: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers))
		if (typeof value === 'string' && !HOP_BY_HOP.has(name)) kept[name] = value;
	return { method: method ?? 'GET', path: url ?? '/', headers: kept, body };
}
