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
}

/** What a reply carries. */
export interface Reply {
	outcome: Outcome;
	status: number;
	task: number | null;
	execution: number | null;
}

/**
 * The network between agents and server: messages in flight, oldest first, each on the connection
 * of a host's lane. A closed connection drops its replies; its requests may still arrive.
 */
export class Network {
	readonly #setup: Setup;
	#flights: readonly Flight[] = [];
	#seen: readonly Message[] = [];

	constructor(setup: Setup) {
		this.#setup = setup;
	}

	/** The messages in flight; the same array as long as nothing changed. */
	get seen(): readonly Message[] {
		return this.#seen;
	}

	send(host: number, lane: Lane, call: Call): void {
		const message: Message = {
			leg: 'request',
			route: call.route,
			host: this.#setup.hosts[host] ?? '',
			task: call.route === 'next' ? null : this.#name(call.task),
			execution: call.route === 'next' ? null : call.execution,
			outcome: null,
			status: null,
			details: call.route === 'end' ? call.details : null,
			awaited: true,
		};
		this.#set([...this.#flights, { message, host, lane, call, task: null, execution: null }]);
	}

	/** Answers a request, if its sender still waits. */
	reply(request: Flight, { outcome, status, task, execution }: Reply): void {
		if (!request.message.awaited) return;
		const of = task === null ? request.message.task : this.#name(task);
		const message: Message = {
			...request.message,
			leg: 'reply',
			task: of,
			execution: execution ?? request.message.execution,
			outcome,
			status,
			details: null,
		};
		this.#set([...this.#flights, { ...request, message, task, execution }]);
	}

	/** Takes the oldest message that is meant off the network. */
	take(selector: MessageSelector): Flight | null {
		const index = find(selector, this.#seen);
		const flight = this.#flights[index];
		if (flight === undefined) return null;
		this.#set(this.#flights.filter((_, place) => place !== index));
		return flight;
	}

	/** Adds a copy behind all others; nobody waits for the answer to the copy of a request. */
	repeat(selector: MessageSelector): void {
		const flight = this.#flights[find(selector, this.#seen)];
		if (flight === undefined) return;
		const message =
			flight.message.leg === 'request' ? { ...flight.message, awaited: false } : flight.message;
		this.#set([...this.#flights, { ...flight, message }]);
	}

	hangUp(host: number, lane: Lane): void {
		const concerned = (flight: Flight): boolean =>
			flight.host === host && flight.lane === lane && flight.message.awaited;
		if (!this.#flights.some(concerned)) return;
		this.#set(
			this.#flights
				.filter((flight) => !(concerned(flight) && flight.message.leg === 'reply'))
				.map((flight) =>
					concerned(flight)
						? { ...flight, message: { ...flight.message, awaited: false } }
						: flight,
				),
		);
	}

	#set(flights: readonly Flight[]): void {
		this.#flights = flights;
		this.#seen = flights.map((flight) => flight.message);
	}

	#name(task: number): string {
		return this.#setup.tasks[task]?.id ?? '';
	}
}
