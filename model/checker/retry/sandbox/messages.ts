import type { Call, Lane } from '../../../machines/signals.ts';
import { type Handler, inHand, unheard } from '../../../system/handlers.ts';
import {
	afterHangUp,
	copyOf,
	type Flight,
	type Reply,
	replyFlight,
	requestFlight,
	type Wire,
} from '../../../system/network.ts';
import type { Message } from '../../../vocabulary/message.ts';
import type { InHand } from '../../../vocabulary/observation.ts';
import type { Setup } from '../../../vocabulary/setup.ts';
import { Interned } from '../../engine/memory/interned.ts';
import type { NetworkStep } from '../../engine/product/product.ts';

/** The messages that were met, and the handlers that are held, which are carried like messages; each with a number of its own. */
export class Messages {
	readonly #flights = new Interned<Flight | Handler>();

	get bytes(): number {
		return this.#flights.bytes;
	}

	id(one: Flight | Handler): number {
		return this.#flights.id(one);
	}

	flight(id: number): Flight {
		const one = this.#flights.value(id);
		if ('steps' in one) throw new RangeError('a handler that is held is no message');
		return one;
	}

	/** The handler that is held under this number; null: it is a message. */
	handler(id: number): Handler | null {
		const one = this.#flights.value(id);
		return 'steps' in one ? one : null;
	}

	/** What is seen of the handlers among these. */
	inHand(ids: readonly number[]): InHand[] {
		return ids.flatMap((id) => {
			const handler = this.handler(id);
			return handler === null ? [] : [inHand(handler)];
		});
	}

	/** The server that held them is no more. */
	get dropHandlers(): NetworkStep {
		return { name: 'drop handlers', each: (id) => (this.handler(id) === null ? id : null) };
	}

	copy(id: number): number {
		return this.id(copyOf(this.flight(id)));
	}

	/** What becomes of a message when a connection is closed; null: it is dropped. */
	afterHangUp(id: number, host: number, lane: Lane): number | null {
		const handler = this.handler(id);
		if (handler !== null) return this.id(unheard(handler, host, lane));
		const before = this.flight(id);
		const after = afterHangUp(before, host, lane);
		return after === null ? null : after === before ? id : this.id(after);
	}
}

/** A network that holds one message at the most, and writes down what is done to it. */
export class Recorder implements Wire {
	readonly #setup: Setup;
	readonly #messages: Messages;
	#held: Flight | null = null;
	steps: NetworkStep[] = [];
	/** The messages that left and that came, as they are seen. */
	gone: Message[] = [];
	come: Message[] = [];

	constructor(setup: Setup, messages: Messages) {
		this.#setup = setup;
		this.#messages = messages;
	}

	/** Begins a new record, with this message in flight. */
	hold(flight: Flight | null): void {
		this.#held = flight;
		this.steps = [];
		this.gone = [];
		this.come = [];
	}

	send(host: number, lane: Lane, call: Call): void {
		this.#add(requestFlight(this.#setup, host, lane, call));
	}

	reply(request: Flight, reply: Reply): void {
		const answer = replyFlight(this.#setup, request, reply);
		if (answer !== null) this.#add(answer);
	}

	take(): Flight | null {
		const flight = this.#held;
		if (flight === null) return null;
		this.#held = null;
		this.steps.push({ take: this.#messages.id(flight) });
		this.gone.push(flight.message);
		return flight;
	}

	repeat(): void {
		throw new RangeError('the checker repeats messages itself');
	}

	hangUp(host: number, lane: Lane): void {
		this.steps.push({
			name: `hang up ${host} ${lane}`,
			each: (message) => this.#messages.afterHangUp(message, host, lane),
		});
	}

	/** A handler is held, or held no more. */
	handler(was: Handler | null, is: Handler | null): void {
		if (was !== null) this.steps.push({ take: this.#messages.id(was) });
		if (is !== null) this.steps.push({ add: this.#messages.id(is) });
	}

	#add(flight: Flight): void {
		this.steps.push({ add: this.#messages.id(flight) });
		this.come.push(flight.message);
	}
}
