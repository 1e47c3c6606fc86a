import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { z } from 'zod';
import type { PostedStatus } from '../../model/vocabulary/command.ts';
import { CommandType } from '../../model/vocabulary/project.ts';
import { type Remarks, remarksOf } from '../wire/remarks.ts';
import { BodyTooLarge, readLimited } from './limited-body.ts';

/** Where deployed agents listen (lifecycle 1.5). */
export const STATUS_PORT = 2285;
const MAX_BODY_BYTES = 100_000;
const MAX_STATUS_LENGTH = 40;
/** A sender that takes longer is cut off, in milliseconds. */
const REQUEST_MS = 10_000;

const Tags = z
	.array(z.string())
	.nullish()
	.transform((tags) => tags ?? []);
/**
 * Lifecycle 4.5. Any text is taken as a status, since an invalid one makes the task fail (S15); an
 * invalid type counts as none.
 */
const TaskStatusBody = z.object({
	status: z.string().default(''),
	type: CommandType.optional().catch(undefined),
	desc: z.string().default(''),
	should_continue: z.boolean().default(false),
	add_failure_metadata_tags: Tags,
});
const TagBody = z.object({ add_failure_metadata_tags: Tags });

/** Who hears what processes on the host post: the execution that runs. */
export interface StatusListener {
	post(posted: PostedStatus, remarks: Remarks | null): void;
	addTags(tags: readonly string[]): void;
}

/** The one who listens now; null when no task runs. */
export type Listening = () => StatusListener | null;

/** Takes the secrets out of a text that the app server keeps. */
export type Redact = (text: string) => string;

/** Another process listens on the port already. */
export class PortTaken extends Error {
	override name = 'PortTaken';
}

/** The agent's local API, for processes on its host only. */
export class StatusServer {
	readonly port: number;
	readonly #server: Server;

	/**
	 * @param port 0 for any.
	 * @throws PortTaken when the port answers already.
	 */
	static async start(
		port: number,
		listening: Listening,
		redact: Redact = (text) => text,
	): Promise<StatusServer> {
		const server = createServer({ requestTimeout: REQUEST_MS }, (request, response) => {
			void answer(request, response, listening, redact);
		});
		await new Promise<void>((resolve, reject) => {
			server.once('error', (error: NodeJS.ErrnoException) =>
				reject(error.code === 'EADDRINUSE' ? new PortTaken(`port ${port} is taken`) : error),
			);
			server.listen(port, '127.0.0.1', resolve);
		});
		return new StatusServer(server);
	}

	private constructor(server: Server) {
		this.#server = server;
		const address: AddressInfo | string | null = server.address();
		if (address === null || typeof address === 'string') throw new Error('it listens on no port');
		this.port = address.port;
	}

	close(): void {
		this.#server.close();
		this.#server.closeAllConnections();
	}
}

async function answer(
	request: IncomingMessage,
	response: ServerResponse,
	listening: Listening,
	redact: Redact,
): Promise<void> {
	const reply = (status: number): void => {
		response.writeHead(status, status === 413 ? { Connection: 'close' } : {}).end();
	};
	const route = request.method === 'POST' ? request.url : null;
	if (route !== '/task_status' && route !== '/failure_metadata_tag') return reply(404);
	let body: unknown;
	try {
		const bytes = await readLimited({ body: Readable.toWeb(request) }, MAX_BODY_BYTES);
		body = JSON.parse(bytes.toString('utf8'));
	} catch (error) {
		return reply(error instanceof BodyTooLarge ? 413 : 400);
	}
	const listener = listening();
	if (route === '/failure_metadata_tag') {
		const tagged = TagBody.safeParse(body);
		if (!tagged.success) return reply(400);
		listener?.addTags(tagged.data.add_failure_metadata_tags.map(redact));
		return reply(listener === null ? 500 : 200);
	}
	const posted = TaskStatusBody.safeParse(body);
	if (!posted.success) return reply(400);
	const { status, type, desc, should_continue, add_failure_metadata_tags } = posted.data;
	listener?.post(
		{
			status: redact(status).slice(0, MAX_STATUS_LENGTH),
			should_continue,
			...(type === undefined ? {} : { type }),
		},
		remarksOf(redact(desc), add_failure_metadata_tags.map(redact)),
	);
	reply(listener === null ? 500 : 200);
}
