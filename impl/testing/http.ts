import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { onTestFinished } from 'vitest';

/** A server on a loopback port that a test answers for. */
export interface TestServer {
	readonly url: string;
	/** What was asked for: `POST /path`, in order. */
	readonly asked: string[];
	/** Connections that were opened. */
	connections: number;
	close(): void;
}

export type Answering = (request: Request, index: number) => Response | Promise<Response>;

/** Serves until the test is over. `port` 0 for any. */
export async function serveTest(answer: Answering, port = 0): Promise<TestServer> {
	const asked: string[] = [];
	const listener = getRequestListener((request) => {
		const { pathname } = new URL(request.url);
		return answer(request, asked.push(`${request.method} ${pathname}`) - 1);
	});
	const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('the server has no port');
	const close = (): void => {
		server.close();
		server.closeAllConnections();
	};
	const result: TestServer = {
		url: `http://127.0.0.1:${address.port}`,
		asked,
		connections: 0,
		close,
	};
	server.on('connection', () => {
		result.connections++;
	});
	onTestFinished(close);
	return result;
}
