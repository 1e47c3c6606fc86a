import type { TaskSignal, Tell } from '../machines/signals.ts';
import type { Event, Position } from '../vocabulary/event.ts';
import type { Details, Route } from '../vocabulary/message.ts';
import type { Observation } from '../vocabulary/observation.ts';
import type { Setup } from '../vocabulary/setup.ts';
import { Composition } from './composition.ts';
import type { Flight } from './network.ts';
import { Observer } from './observe.ts';
import type { Answering } from './tables.ts';

type TaskRoute = Exclude<Route, 'next' | 'end'>;

const REQUEST = { start: 'START', mark: 'MARK', heartbeat: 'BEAT' } as const;

const FORGED_END: Details = { status: 'failed', type: 'test', description: '', timed_out: null };

/**
 * The model: what should happen. It turns each event of the alphabet into signals to the machines
 * and shows what they have become. A request that the server handles is one transaction; what a
 * task wants done after it is a second one, which a crash may prevent.
 */
export class Model {
	readonly #setup: Setup;
	readonly #system: Composition;
	readonly #observer: Observer;
	#answered = false;
	#seen: Observation;

	constructor(setup: Setup, tables: Answering) {
		this.#setup = setup;
		this.#system = new Composition(setup, tables);
		this.#observer = new Observer(this.#system);
		this.#seen = this.#observer.observe(null);
	}

	get seen(): Observation {
		return this.#seen;
	}

	/** Lets a possible event happen. */
	apply(event: Event): Observation {
		this.#answered = false;
		this.#happen(event);
		const reply = this.#answered ? this.#system.reply : null;
		this.#seen = this.#observer.observe(
			reply === null ? null : { outcome: reply.outcome, status: reply.status },
		);
		return this.#seen;
	}

	#happen(event: Event): void {
		switch (event.kind) {
			case 'host-asks':
				return this.#host(event.host, { to: 'agent', signal: { type: 'ASK' } });
			case 'command-ends': {
				const { outcome } = event;
				return this.#host(event.host, { to: 'command', signal: { type: 'ENDS', outcome } });
			}
			case 'background-fails':
				return this.#backgroundFails(event.host, event.position);
			case 'status-posted': {
				const { posted } = event;
				return this.#host(event.host, { to: 'block', signal: { type: 'STATUS_POSTED', posted } });
			}
			case 'heartbeat-sent':
				return this.#host(event.host, { to: 'agent', signal: { type: 'BEAT' } });
			case 'call-retried':
				return this.#host(event.host, { to: 'call', signal: { type: 'RETRY' } });
			case 'call-abandoned':
				return this.#host(event.host, { to: 'call', signal: { type: 'GIVE_UP' } });
			case 'agent-dies':
				return this.#host(event.host, { to: 'agent', signal: { type: 'DIES' } });
			case 'agent-returns':
				return this.#host(event.host, { to: 'agent', signal: { type: 'RETURNS' } });
			case 'message-delivered': {
				const flight = this.#system.network.take(event.message);
				if (flight?.message.leg === 'reply') this.#hear(flight);
				else if (flight !== null) this.#serve(flight);
				return;
			}
			case 'message-lost':
				this.#system.network.take(event.message);
				return;
			case 'message-repeated':
				return this.#system.network.repeat(event.message);
			case 'server-crashes':
				return this.#crash(event);
			case 'server-returns':
				return this.#system.tell('server', { to: 'server', signal: { type: 'RETURN' } });
			case 'monitor-runs':
				this.#setup.tasks.forEach((_, task) => {
					this.#system.tell('server', { to: 'task', task, signal: { type: 'MONITOR' } });
				});
				return this.#system.carryOn();
			case 'user-aborts':
				return this.#ask(this.#task(event.task), { type: 'USER_ABORTS' });
			case 'user-restarts': {
				const { execution } = event;
				return this.#ask(this.#task(event.task), { type: 'USER_RESTARTS', execution });
			}
			case 'hours-pass':
				return this.#hoursPass(event.hours, null);
			case 'host-unreachable':
				return this.#hoursPass(1, event.host);
			case 'request-forged':
				return this.#forged(event);
		}
	}

	/** A request reaches the server and is answered. */
	#serve(flight: Flight): void {
		this.#handle(flight);
		const { reply } = this.#system;
		this.#system.carryOn();
		this.#system.reply = reply;
		this.#answered = true;
		if (reply !== null) this.#system.network.reply(flight, reply);
	}

	/** The first transaction of a request. */
	#handle({ call, host }: Flight): void {
		if (call.route === 'next')
			return this.#system.tell('server', { to: 'server', signal: { type: 'NEXT', host } });
		const { task, execution } = call;
		const signal: TaskSignal =
			call.route === 'end'
				? { type: 'END', execution, details: call.details }
				: { type: REQUEST[call.route], execution };
		return this.#system.tell('server', { to: 'task', task, signal });
	}

	/** A reply reaches the agent. */
	#hear({ message, host, lane, task, execution }: Flight): void {
		const outcome = message.outcome ?? 'nothing';
		this.#system.tell(
			host,
			lane === 'heartbeat'
				? { to: 'heartbeat', signal: { type: 'REPLY', outcome } }
				: { to: 'call', signal: { type: 'REPLY', outcome, task, execution } },
		);
	}

	#crash({ message, commit }: Extract<Event, { kind: 'server-crashes' }>): void {
		const flight = message === undefined ? null : this.#system.network.take(message);
		if (flight !== null && commit === 'after') this.#handle(flight);
		this.#system.later = [];
		this.#system.tell('server', { to: 'server', signal: { type: 'CRASH' } });
	}

	/** A request that is no agent's: answered to whoever made it. */
	#ask(task: number, signal: TaskSignal): void {
		this.#system.tell('server', { to: 'task', task, signal });
		this.#answered = true;
	}

	#forged({ route, task: id, credentials }: Extract<Event, { kind: 'request-forged' }>): void {
		const task = this.#task(id);
		const { execution } = this.#system.tables.task.context(this.#system.tasks[task] ?? 0);
		const authentic = (of: number): TaskSignal =>
			route === 'end'
				? { type: 'END', execution: of, details: FORGED_END }
				: { type: REQUEST[route satisfies TaskRoute], execution: of };
		switch (credentials) {
			case 'none':
				return this.#ask(task, { type: 'FORGED', guess: 'none' });
			case 'wrong-task-secret':
			case 'other-task':
				return this.#ask(task, { type: 'FORGED', guess: 'task-secret' });
			case 'wrong-host-secret':
				return this.#ask(task, { type: 'FORGED', guess: 'host-secret' });
			case 'other-host':
				return this.#ask(task, { type: 'FORGED', guess: 'other-host' });
			case 'previous-execution':
				return this.#ask(task, authentic(execution - 1));
			case 'right':
				return this.#ask(task, authentic(execution));
		}
	}

	#hoursPass(hours: number, unreachable: string | null): void {
		const { tables } = this.#system;
		this.#system.hour += hours;
		this.#system.tell('server', { to: 'quota', signal: { type: 'HOURS', hours } });
		this.#setup.tasks.forEach((_, task) => {
			this.#system.tell('server', { to: 'task', task, signal: { type: 'HOURS', hours } });
		});
		const up = tables['app-server'].value(this.#system.server) === 'up';
		const cutOff = this.#setup.hosts.map((id) => !up || id === unreachable);
		cutOff.forEach((cut, host) => {
			if (cut) this.#system.tell(host, { to: 'agent', signal: { type: 'LOST' } });
			else this.#system.tell(host, { to: 'call', signal: { type: 'GIVE_UP' } });
		});
		cutOff.forEach((cut, host) => {
			if (!cut) this.#exchangeHeartbeat(host);
		});
	}

	/** Hours of heartbeats: the last of them stands for all. */
	#exchangeHeartbeat(host: number): void {
		const state = this.#system.hosts[host];
		if (state === undefined) return;
		const { task, execution } = this.#system.tables.agent.context(state.agent);
		if (task === null || execution === null) return;
		this.#system.tell(host, { to: 'heartbeat', signal: { type: 'CLOSE' } });
		this.#system.tell('server', { to: 'task', task, signal: { type: 'BEAT', execution } });
		const outcome = this.#system.reply?.outcome;
		const abort = outcome === 'abort';
		const accepted = abort || outcome === 'ok';
		this.#system.tell(host, {
			to: 'agent',
			signal: accepted ? { type: 'HEARD', abort } : { type: 'LOST' },
		});
	}

	#backgroundFails(host: string, { block, step, member }: Position): void {
		const program = this.#system.programOn(this.#hostIndex(host));
		const index =
			program?.[block].findIndex(
				({ position }) => position.step === step && position.member === member,
			) ?? -1;
		this.#host(host, { to: 'block', signal: { type: 'BACKGROUND_FAILED', block, index } });
	}

	#host(id: string, tell: Tell): void {
		this.#system.tell(this.#hostIndex(id), tell);
	}

	#hostIndex(id: string): number {
		return this.#setup.hosts.indexOf(id);
	}

	#task(id: string): number {
		return this.#setup.tasks.findIndex((task) => task.id === id);
	}
}
