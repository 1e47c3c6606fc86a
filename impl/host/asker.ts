import { backoffBefore } from '../agent/client.ts';
import type { HostIdentity } from '../agent/requests.ts';
import type { Work } from '../ports/configuration.ts';
import type { Timers } from '../ports/timers.ts';
import { isRefused } from '../wire/answer.ts';
import { HEADER } from '../wire/exchange.ts';
import { encodeId } from '../wire/path.ts';
import { BodyTooLarge, readLimited } from './limited-body.ts';
import { type Pace, toMilliseconds } from './timers.ts';
import { baseOf, type HttpOptions, isBroken } from './transport.ts';

/** The longest that one attempt may take, in seconds. */
const ATTEMPT_S = 300;
const MAX_BYTES = 64 * 1024 * 1024;

export interface AskerOptions extends HttpOptions {
	readonly host: HostIdentity;
	readonly timers: Timers;
	/** How often a request is sent at the most. */
	readonly callAttempts: number;
	/** Is told what went wrong and is tolerated. */
	readonly tell?: (trouble: string) => void;
}

/** What is asked; `body` makes it a POST. */
export interface Question {
	/** Below the path that all routes have in common. */
	readonly path: string;
	/** On whose behalf; null for the host alone. */
	readonly work: Work | null;
	readonly body?: object;
}

export type Reply =
	| { readonly kind: 'answered'; readonly body: Buffer }
	/** Why there is no answer that can be used; one that is final comes again however often it is asked. */
	| { readonly kind: 'unanswered'; readonly why: string; readonly isFinal: boolean };

const unanswered = (why: string, isFinal: boolean): Reply => ({ kind: 'unanswered', why, isFinal });

/** Asks the app server for what is no event of a story, and can be given up. */
export class Asker {
	readonly #options: AskerOptions;
	readonly #pace: Pace;
	#asking = new AbortController();

	constructor(options: AskerOptions) {
		this.#options = options;
		this.#pace = options.pace ?? 1;
	}

	/** What is asked from now on belongs together, and was not given up. */
	begin(): void {
		this.#asking = new AbortController();
	}

	giveUp(): void {
		this.#asking.abort();
	}

	/** Asks until there is an answer of status 200; a 4xx is final (S14). */
	async ask(question: Question, attempts = this.#options.callAttempts): Promise<Reply> {
		const { signal } = this.#asking;
		let last = unanswered('given up', true);
		for (let sent = 1; sent <= attempts; sent++) {
			if (sent > 1) await this.#backOff(sent);
			if (signal.aborted) break;
			last = await this.#attempt(question);
			if (last.kind === 'answered' || last.isFinal) break;
		}
		return last;
	}

	async #backOff(sent: number): Promise<void> {
		const sleep = this.#options.timers.sleep(backoffBefore(sent), 'retry');
		this.#asking.signal.addEventListener('abort', sleep.wake, { once: true });
		await sleep.over;
	}

	async #attempt({ path, work, body }: Question): Promise<Reply> {
		const attempt_ms = Math.ceil(toMilliseconds(ATTEMPT_S, this.#pace));
		try {
			const response = await fetch(`${baseOf(this.#options.apiServer)}/rest/v2/${path}`, {
				headers: this.#headers(work),
				redirect: 'manual',
				signal: AbortSignal.any([this.#asking.signal, AbortSignal.timeout(attempt_ms)]),
				...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
			});
			const answer = await readLimited(response, MAX_BYTES);
			if (response.status === 200) return { kind: 'answered', body: answer };
			return unanswered(`status ${response.status}`, isRefused(response.status));
		} catch (error) {
			if (error instanceof BodyTooLarge) return unanswered('too large', true);
			if (isBroken(error)) return unanswered('no answer', false);
			throw error;
		}
	}

	#headers(work: Work | null): Record<string, string> {
		const { id, secret } = this.#options.host;
		return {
			'Content-Type': 'application/json',
			[HEADER.host]: encodeId(id),
			[HEADER.hostSecret]: secret,
			...(work === null
				? {}
				: {
						[HEADER.task]: encodeId(work.execution.task),
						[HEADER.taskSecret]: work.secret,
					}),
		};
	}
}
