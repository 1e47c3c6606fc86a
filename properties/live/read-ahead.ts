import { AnswerBody } from '../../impl/wire/answer.ts';
import { HEADER } from '../../impl/wire/exchange.ts';
import { encodeId } from '../../impl/wire/path.ts';
import type { HeldReply, HeldRequest } from './in-flight.ts';

/** What an agent reads of a task before it starts (lifecycle 6.3, calls 3 to 10). */
const READ = [
	'parser_project',
	'',
	'expansions_and_vars',
	'display_task',
	'distro_view',
	'host_view',
	'project_ref',
	'patch',
	'version',
];
const SECRET = HEADER.taskSecret.toLowerCase();

/**
 * Reads what a host will want to know of the task that it is given, at the moment it is given, and keeps it
 * until the host asks. Reading is no event of a story: it must not fail because the app server
 * happens to be down by then.
 */
export class ReadAhead {
	readonly #replies = new Map<string, HeldReply>();
	readonly #ask: (request: HeldRequest) => Promise<HeldReply>;

	constructor(ask: (request: HeldRequest) => Promise<HeldReply>) {
		this.#ask = ask;
	}

	/** A task is handed out in reply to a host's request. */
	async handedOut({ headers }: HeldRequest, { body }: HeldReply): Promise<void> {
		const { task_id = '', task_secret = '' } = AnswerBody.parse(JSON.parse(body.toString('utf8')));
		const task = encodeId(task_id);
		const ofTask = { ...headers, [HEADER.task.toLowerCase()]: task, [SECRET]: task_secret };
		await Promise.all(
			READ.map(async (what) => {
				const path = `/rest/v2/task/${task}/${what}`;
				const request = { method: 'GET', path, headers: ofTask, body: '' };
				this.#replies.set(nameOf(request), await this.#ask(request));
			}),
		);
	}

	/** What was read, if this is what a host was expected to ask. */
	replyTo(request: HeldRequest): HeldReply | undefined {
		return this.#replies.get(nameOf(request));
	}

	forget(): void {
		this.#replies.clear();
	}
}

const nameOf = ({ method, path, headers }: HeldRequest): string =>
	`${method} ${path} ${headers[SECRET]}`;
