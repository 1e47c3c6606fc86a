import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { refuse } from '../server/reply.ts';
import { toResponse } from '../wire/response.ts';
import type { Arriving } from './answer.ts';
import { Connections } from './connections.ts';

/** What one client may take of the server's time and memory. */
export const LIMITS = {
	/** All headers of a request together; else 431. */
	header_bytes: 16_384,
	/** Until the headers, and until the whole request, have arrived; else 408. */
	headers_timeout_ms: 10_000,
	request_timeout_ms: 30_000,
	/** How long an idle connection is kept: longer than from heartbeat to heartbeat. */
	keep_alive_ms: 75_000,
	requests_per_connection: 10_000,
	connections: 10_000,
	/** Of all connections, for each holds up to 64 kB of a body that nobody has asked for yet; else 503. */
	requests_under_way: 2000,
	/** How long requests under way are waited for when the server ends. */
	drain_ms: 10_000,
} as const;

export type Limits = { readonly [Name in keyof typeof LIMITS]: number };

export interface Listening {
	readonly url: string;
	/** Takes no more connections, and waits for the requests under way. */
	close(): Promise<void>;
}

const MALFORMED = refuse(400, null, 'the request is malformed');
const BUSY = refuse(503, null, 'too many requests are under way; send the request again');

/** Serves on a socket. Errors of the socket (a port in use) reject. */
export async function listen(
	fetch: Fetch,
	{ host, port }: { readonly host: string; readonly port: number },
	limits: Limits = LIMITS,
): Promise<Listening> {
	const listener = getRequestListener(
		atMost(limits.requests_under_way, togetherWithOthers(fetch)),
		{
			hostname: host,
			// Only a request that cannot be read as one comes here: `fetch` never throws.
			errorHandler: () => toResponse(MALFORMED),
		},
	);
	const server = createServer(
		{
			maxHeaderSize: limits.header_bytes,
			headersTimeout: limits.headers_timeout_ms,
			requestTimeout: limits.request_timeout_ms,
			keepAliveTimeout: limits.keep_alive_ms,
			connectionsCheckingInterval: Math.min(1000, limits.headers_timeout_ms / 4),
		},
		(incoming, outgoing) => void listener(incoming, outgoing),
	);
	const connections = new Connections(server);
	server.maxRequestsPerSocket = limits.requests_per_connection;
	server.maxConnections = limits.connections;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, resolve);
	});
	return { url: urlOf(server), close: () => drain(server, connections, limits.drain_ms) };
}

/** `incoming` tells how much of the request has arrived. */
type Fetch = (request: Request, incoming: Arriving) => Promise<Response>;

type Listener = (request: Request, bindings: { readonly incoming: Arriving }) => Promise<Response>;

/** Answers at once, and without the store, what comes while so many are under way. */
function atMost(most: number, fetch: Listener): Listener {
	let underWay = 0;
	return async (request, bindings) => {
		if (underWay >= most) return toResponse(BUSY);
		underWay++;
		try {
			return await fetch(request, bindings);
		} finally {
			underWay--;
		}
	};
}

/**
 * Answers that are ready in one turn of the event loop go out together at its end: a client that is
 * woken for each of them costs the server more than the answer does.
 */
function togetherWithOthers(fetch: Fetch): Listener {
	let turnEnds: Promise<void> | null = null;
	const endOfTurn = (): Promise<void> => {
		turnEnds ??= new Promise((resolve) => {
			setImmediate(() => {
				turnEnds = null;
				resolve();
			});
		});
		return turnEnds;
	};
	return async (request, { incoming }) => {
		const response = await fetch(request, incoming);
		await endOfTurn();
		return response;
	};
}

function urlOf(server: Server): string {
	const { address, family, port } = addressOf(server);
	return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

function addressOf(server: Server): AddressInfo {
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('the server has no port');
	return address;
}

async function drain(server: Server, connections: Connections, timeout_ms: number): Promise<void> {
	const closed = new Promise<void>((resolve) => {
		server.close(() => resolve());
	});
	connections.end();
	const late = setTimeout(() => server.closeAllConnections(), timeout_ms);
	await closed;
	clearTimeout(late);
}
