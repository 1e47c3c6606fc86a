import {
	find,
	type Message,
	type MessageSelector,
	type Outcome,
} from '../../model/vocabulary/message.ts';
import type { ExecutionRef } from '../../model/vocabulary/observation.ts';
import type { Connection, Envelope } from '../ports/transport.ts';
import type { LightRequest, WireResponse } from '../wire/exchange.ts';

/** What an observer reads from a response on its way. */
export interface SeenReply {
	readonly response: WireResponse;
	readonly outcome: Outcome | null;
	/** The execution that the reply hands out or is about. */
	readonly execution: ExecutionRef | null;
}

/** A sender that waits for the answer to its request. */
export interface Waiting {
	/** A response reaches the agent; the connection is over. */
	deliver(response: WireResponse): void | Promise<void>;
}

/** The side of the network on which agents are. */
export interface AgentNetwork {
	request(envelope: Envelope, connection: SimulatedConnection): void;
	/** The connection is over: its replies vanish, its requests stay and are answered to nobody. */
	closed(connection: SimulatedConnection): void;
}

/** A request or a reply on its way. */
export type InFlight = {
	readonly seen: Message;
	/** The connection on which the sender of the request waits; null when nobody does. */
	readonly connection: Waiting | null;
} & (
	| { readonly leg: 'request'; readonly request: LightRequest; readonly envelope: Envelope }
	| { readonly leg: 'reply'; readonly response: WireResponse }
);

/** What lies between agents and app server: messages that arrive when an event says so. */
export class SimulatedNetwork implements AgentNetwork {
	#inFlight: readonly InFlight[] = [];
	#seen: readonly Message[] | null = null;
	readonly #onClosed: (connection: Waiting) => void;

	/** `onClosed` hears of connections that are over: requests may have been taken out that came on them. */
	constructor(onClosed: (connection: Waiting) => void = () => {}) {
		this.#onClosed = onClosed;
	}

	/** Messages in flight, oldest first. */
	get messages(): readonly Message[] {
		this.#seen ??= this.#inFlight.map((message) => message.seen);
		return this.#seen;
	}

	/** What is in flight now, to be put back. */
	snapshot(): readonly InFlight[] {
		return this.#inFlight;
	}

	putBack(inFlight: readonly InFlight[]): void {
		if (inFlight !== this.#inFlight) this.#replace(inFlight);
	}

	request(envelope: Envelope, connection: Waiting): void {
		const { request, route, host, execution, details } = envelope;
		const seen: Message = {
			leg: 'request',
			route,
			host,
			task: execution?.task ?? null,
			execution: execution?.execution ?? null,
			outcome: null,
			status: null,
			details,
			awaited: true,
		};
		this.#add({ leg: 'request', seen, connection, request, envelope });
	}

	reply({ route, host }: Envelope, reply: SeenReply, connection: Waiting): void {
		const seen: Message = {
			leg: 'reply',
			route,
			host,
			task: reply.execution?.task ?? null,
			execution: reply.execution?.execution ?? null,
			outcome: reply.outcome,
			status: reply.response.status,
			details: null,
			awaited: true,
		};
		this.#add({ leg: 'reply', seen, connection, response: reply.response });
	}

	/** Takes the oldest message that the selector names out of the network. */
	take(selector: MessageSelector): InFlight {
		const message = this.#find(selector);
		this.#replace(this.#inFlight.filter((other) => other !== message));
		return message;
	}

	/** Adds a copy behind all others; nobody waits for the answer to the copy of a request. */
	repeat(selector: MessageSelector): void {
		const message = this.#find(selector);
		this.#add(message.leg === 'request' ? unawaited(message) : { ...message });
	}

	closed(connection: Waiting): void {
		this.#onClosed(connection);
		if (!this.#inFlight.some((message) => message.connection === connection)) return;
		this.#replace(
			this.#inFlight.flatMap((message) => {
				if (message.connection !== connection) return [message];
				return message.leg === 'reply' ? [] : [unawaited(message)];
			}),
		);
	}

	#find(selector: MessageSelector): InFlight {
		const message = this.#inFlight[find(selector, this.messages)];
		if (message === undefined) throw new Error('no such message is in flight');
		return message;
	}

	#add(message: InFlight): void {
		this.#replace([...this.#inFlight, message]);
	}

	#replace(inFlight: readonly InFlight[]): void {
		this.#inFlight = inFlight;
		this.#seen = null;
	}
}

const unawaited = (message: InFlight): InFlight => ({
	...message,
	seen: { ...message.seen, awaited: false },
	connection: null,
});

/** An agent's side of one attempt. */
export class SimulatedConnection implements Connection, Waiting {
	readonly response: Promise<WireResponse | null>;
	isOpen = true;
	readonly #network: AgentNetwork;
	#settle: (response: WireResponse | null) => void = () => {};

	constructor(network: AgentNetwork) {
		this.#network = network;
		this.response = new Promise((settle) => {
			this.#settle = settle;
		});
	}

	close(): void {
		this.#end(null);
	}

	deliver(response: WireResponse): void {
		this.#end(response);
	}

	/** The agent is no more: nobody learns how this ended. */
	drop(): void {
		this.isOpen = false;
		this.#network.closed(this);
	}

	#end(response: WireResponse | null): void {
		if (!this.isOpen) return;
		this.drop();
		this.#settle(response);
	}
}
