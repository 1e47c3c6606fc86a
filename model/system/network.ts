import type { Call, Lane } from '../machines/signals.ts';
import { find, type Message, type MessageSelector, type Outcome } from '../vocabulary/message.ts';
import type { Setup } from '../vocabulary/setup.ts';

/** A message in flight: as it is seen, and what the machines need to handle it. */
export interface Flight {
	readonly message: Message;
	readonly host: number;
	readonly lane: Lane;
	readonly call: Call;
	/** Of a reply to `next`: the task and execution given. */
	readonly task: number | null;
	readonly execution: number | null;
	/** Of a reply that gives a task of a group: how often what restarts with it was restarted; else 0. */
	readonly restarts: number;
}

/** What a reply carries. */
export interface Reply {
	outcome: Outcome;
	status: number;
	task: number | null;
	execution: number | null;
	restarts: number;
}

/** What a message carries that gives no task. */
export const OF_NO_TASK = { task: null, execution: null, restarts: 0 } as const;

/** A request of a host as it goes out: its sender waits. */
export function requestFlight(setup: Setup, host: number, lane: Lane, call: Call): Flight {
	const message: Message = {
		leg: 'request',
		route: call.route,
		host: setup.hosts[host] ?? '',
		task: call.route === 'next' ? null : nameOf(setup, call.task),
		execution: call.route === 'next' ? null : call.execution,
		outcome: null,
		status: null,
		details: call.route === 'end' ? call.details : null,
		awaited: true,
	};
	return { message, host, lane, call, ...OF_NO_TASK };
}

/** The answer to a request; null if nobody waits for it. */
export function replyFlight(
	setup: Setup,
	request: Flight,
	{ outcome, status, task, execution, restarts }: Reply,
): Flight | null {
	if (!request.message.awaited) return null;
	const message: Message = {
		...request.message,
		leg: 'reply',
		task: task === null ? request.message.task : nameOf(setup, task),
		execution: execution ?? request.message.execution,
		outcome,
		status,
		details: null,
	};
	return { ...request, message, task, execution, restarts };
}

/** The copy of a message; nobody waits for the answer to the copy of a request. */
export const copyOf = (flight: Flight): Flight =>
	flight.message.leg === 'request' ? unawaited(flight) : flight;

/** What becomes of a message when the connection of a lane is closed; null: it is dropped. */
export function afterHangUp(flight: Flight, host: number, lane: Lane): Flight | null {
	if (flight.host !== host || flight.lane !== lane || !flight.message.awaited) return flight;
	return flight.message.leg === 'reply' ? null : unawaited(flight);
}

const unawaited = (flight: Flight): Flight => ({
	...flight,
	message: { ...flight.message, awaited: false },
});

const nameOf = (setup: Setup, task: number): string => setup.tasks[task]?.id ?? '';

/** What the system at work needs of a network. */
export interface Wire {
	send(host: number, lane: Lane, call: Call): void;
	/** Answers a request, if its sender still waits. */
	reply(request: Flight, reply: Reply): void;
	/** Takes the oldest message that is meant off the network. */
	take(selector: MessageSelector): Flight | null;
	/** Adds a copy behind all others. */
	repeat(selector: MessageSelector): void;
	hangUp(host: number, lane: Lane): void;
}

/**
 * The network between agents and server: messages in flight, oldest first, each on the connection
 * of a host's lane. A closed connection drops its replies; its requests may still arrive.
 */
export class ModelNetwork implements Wire {
	readonly #setup: Setup;
	#flights: readonly Flight[] = [];
	#seen: readonly Message[] = [];

	readonly #onHangUp: (host: number, lane: Lane) => void;

	/** `onHangUp` hears of connections that are over: requests may have been taken that came on them. */
	constructor(setup: Setup, onHangUp: (host: number, lane: Lane) => void = () => {}) {
		this.#setup = setup;
		this.#onHangUp = onHangUp;
	}

	/** The messages in flight; the same array as long as nothing changed. */
	get seen(): readonly Message[] {
		return this.#seen;
	}

	/** What is in flight now, to be put back. */
	snapshot(): readonly Flight[] {
		return this.#flights;
	}

	putBack(flights: readonly Flight[]): void {
		if (flights !== this.#flights) this.#set(flights);
	}

	send(host: number, lane: Lane, call: Call): void {
		this.#set([...this.#flights, requestFlight(this.#setup, host, lane, call)]);
	}

	reply(request: Flight, reply: Reply): void {
		const answer = replyFlight(this.#setup, request, reply);
		if (answer !== null) this.#set([...this.#flights, answer]);
	}

	take(selector: MessageSelector): Flight | null {
		const index = find(selector, this.#seen);
		const flight = this.#flights[index];
		if (flight === undefined) return null;
		this.#set(this.#flights.filter((_, place) => place !== index));
		return flight;
	}

	repeat(selector: MessageSelector): void {
		const flight = this.#flights[find(selector, this.#seen)];
		if (flight !== undefined) this.#set([...this.#flights, copyOf(flight)]);
	}

	hangUp(host: number, lane: Lane): void {
		this.#onHangUp(host, lane);
		const left = this.#flights.flatMap((flight) => {
			const after = afterHangUp(flight, host, lane);
			return after === null ? [] : [after];
		});
		if (
			left.length < this.#flights.length ||
			left.some((flight, at) => flight !== this.#flights[at])
		)
			this.#set(left);
	}

	#set(flights: readonly Flight[]): void {
		this.#flights = flights;
		this.#seen = flights.map((flight) => flight.message);
	}
}
