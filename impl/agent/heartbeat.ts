import type { Stop, Timers } from '../ports/timers.ts';
import type { Connection, Envelope, Transport } from '../ports/transport.ts';
import { readAnswer } from '../wire/answer.ts';
import { AGENT_RULES, type AgentRules } from './rules.ts';

/** Seconds between two heartbeats (lifecycle 1.5). */
const INTERVAL_S = 30;

type HeartbeatRules = Pick<AgentRules, 'isLost' | 'fence_s'>;

export interface HeartbeatListener {
	/** A user aborted the execution. */
	aborted(): void;
	/** The execution is no longer this agent's, or must be taken for lost (*F*). */
	lost(): void;
}

/** The heartbeat of one execution, beside the agent's calls (lifecycle 4.7). */
export class Heartbeat {
	readonly #transport: Transport;
	readonly #timers: Timers;
	readonly #envelope: Envelope;
	readonly #listener: HeartbeatListener;
	readonly #rules: HeartbeatRules;
	#connection: Connection | null = null;
	#stopBeating: Stop = () => {};
	#stopFence: Stop = () => {};

	constructor(
		transport: Transport,
		timers: Timers,
		envelope: Envelope,
		listener: HeartbeatListener,
		rules: HeartbeatRules = AGENT_RULES,
	) {
		this.#transport = transport;
		this.#timers = timers;
		this.#envelope = envelope;
		this.#listener = listener;
		this.#rules = rules;
	}

	start(): void {
		this.#stopBeating = this.#timers.every(INTERVAL_S, 'beat', () => this.#beat());
		this.#armFence();
	}

	/** Stops waiting for the answer to the last heartbeat. */
	hangUp(): void {
		this.#connection?.close();
		this.#connection = null;
	}

	stop(): void {
		this.hangUp();
		this.#stopBeating();
		this.#stopFence();
	}

	async #beat(): Promise<void> {
		this.hangUp();
		const connection = this.#transport.open(this.#envelope);
		this.#connection = connection;
		const response = await connection.response;
		if (response === null) return;
		if (this.#rules.isLost(response.status)) return this.#listener.lost();
		const answer = await readAnswer(response);
		// An answer that was read too late is not for what runs now.
		if (answer === null || this.#connection !== connection) return;
		this.#connection = null;
		this.#armFence();
		if (answer.body.abort === true) this.#listener.aborted();
	}

	/** Without an accepted heartbeat for *F*, others may run the task already. */
	#armFence(): void {
		this.#stopFence();
		this.#stopFence = this.#timers.after(this.#rules.fence_s(), 'fence', () =>
			this.#listener.lost(),
		);
	}
}
