import type { ServerResponse } from 'node:http';
import { find, type Message, type MessageSelector } from '../../model/vocabulary/message.ts';

/** A request as it came over the socket, ready to be sent on as often as a story likes. */
export interface HeldRequest {
	readonly method: string;
	readonly path: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

/** A reply of the app server, as it came over the socket. */
export interface HeldReply {
	readonly status: number;
	readonly type: string;
	readonly body: Buffer;
}

/** The agent's side of one attempt, which waits for its answer on a socket of its own. */
export interface HeldConnection {
	readonly host: string;
	readonly isHeartbeat: boolean;
	readonly response: ServerResponse;
}

/** A request or a reply that the proxy holds. The connection is null when nobody awaits an answer. */
export type InFlight = { readonly seen: Message; readonly connection: HeldConnection | null } & (
	| { readonly leg: 'request'; readonly request: HeldRequest }
	| { readonly leg: 'reply'; readonly reply: HeldReply }
);

/** The messages that the proxy holds, oldest first (docs/decisions/0003). */
export class Messages {
	#held: InFlight[] = [];

	get seen(): Message[] {
		return this.#held.map(({ seen }) => seen);
	}

	add(message: InFlight): void {
		this.#held.push(message);
	}

	/** Takes the oldest message that the selector names. */
	take(selector: MessageSelector): InFlight {
		const message = this.#at(selector);
		this.#held = this.#held.filter((other) => other !== message);
		return message;
	}

	/** Adds a copy behind all others; nobody waits for the answer to the copy of a request. */
	repeat(selector: MessageSelector): void {
		const message = this.#at(selector);
		this.add(message.leg === 'request' ? unawaited(message) : { ...message });
	}

	/** The connection is over: its replies vanish, its requests stay and are answered to nobody. */
	closed(connection: HeldConnection): void {
		this.#held = this.#held.flatMap((message) => {
			if (message.connection !== connection) return [message];
			return message.leg === 'reply' ? [] : [unawaited(message)];
		});
	}

	clear(): void {
		this.#held = [];
	}

	#at(selector: MessageSelector): InFlight {
		const message = this.#held[find(selector, this.seen)];
		if (message === undefined) throw new Error('no such message is in flight');
		return message;
	}
}

const unawaited = (message: InFlight): InFlight => ({
	...message,
	seen: { ...message.seen, awaited: false },
	connection: null,
});
