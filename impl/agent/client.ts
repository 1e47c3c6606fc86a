import type { Route } from '../../model/vocabulary/message.ts';
import type { Timers } from '../ports/timers.ts';
import type { Envelope, Transport } from '../ports/transport.ts';
import { type Answer, isRefused, readAnswer } from '../wire/answer.ts';
import { AGENT_RULES, type AgentRules } from './rules.ts';

/** Backoff between two attempts of a call, doubling (lifecycle 1.5). */
const FIRST_BACKOFF_S = 2;
const LONGEST_BACKOFF_S = 600;

/** Seconds to wait before a call is sent for the second time, the third, and so on. */
export const backoffBefore = (sent: number): number =>
	Math.min(FIRST_BACKOFF_S * 2 ** (sent - 2), LONGEST_BACKOFF_S);

/** A call that is waited for, and how often it was sent. */
export interface PendingCall {
	readonly route: Route;
	readonly sent: number;
}

type ClientRules = Pick<AgentRules, 'isFinal' | 'deadline_s'>;

/** An agent's calls, one at a time: sent again while it may help, given up when it no longer does. */
export class Client {
	/** What is waited for now. */
	pending: PendingCall | null = null;
	readonly #transport: Transport;
	readonly #timers: Timers;
	readonly #attempts: number;
	readonly #rules: ClientRules;
	#isGivenUp = false;
	/** Ends what the call waits for now: an answer, or the time to send it again. */
	#interrupt: () => void = () => {};

	constructor(
		transport: Transport,
		timers: Timers,
		attempts: number,
		rules: ClientRules = AGENT_RULES,
	) {
		this.#transport = transport;
		this.#timers = timers;
		this.#attempts = attempts;
		this.#rules = rules;
	}

	/** Makes a call; null when it was given up. Any answer that settles it is returned, a 4xx too (S14). */
	async call(envelope: Envelope): Promise<Answer | null> {
		const { route } = envelope;
		const limit_s = this.#rules.deadline_s(route);
		const stopDeadline = this.#timers.after(limit_s, 'deadline', () => this.giveUp());
		this.#isGivenUp = false;
		let answer: Answer | null = null;
		for (let sent = 1; answer === null && sent <= this.#attempts; sent++) {
			if (sent > 1) await this.#backOff(sent);
			if (this.#isGivenUp) break;
			this.pending = { route, sent };
			answer = await this.#attempt(envelope);
			if (this.#isGivenUp) break;
		}
		stopDeadline();
		this.pending = null;
		return answer;
	}

	/** Gives up the call that is waited for, if any. */
	giveUp(): void {
		this.#isGivenUp = true;
		this.#interrupt();
	}

	async #attempt(envelope: Envelope): Promise<Answer | null> {
		const connection = this.#transport.open(envelope);
		this.#interrupt = () => connection.close();
		const response = await connection.response;
		const answer = response === null ? null : await readAnswer(response);
		const isOver = answer === null || !isRefused(answer.status);
		return isOver || this.#rules.isFinal(envelope.route, answer.status) ? answer : null;
	}

	async #backOff(sent: number): Promise<void> {
		const sleep = this.#timers.sleep(backoffBefore(sent), 'retry');
		this.#interrupt = sleep.wake;
		await sleep.over;
	}
}
