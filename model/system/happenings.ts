import type { Call, SignalTo, TaskSignal, UnitSignal } from '../machines/signals.ts';
import type { Credentials } from '../vocabulary/credentials.ts';
import type { Event } from '../vocabulary/events/event.ts';
import type { Begun, HandlerSelector } from '../vocabulary/events/held.ts';
import type { Details, Route } from '../vocabulary/message.ts';
import type { Answer } from '../vocabulary/observation.ts';
import { entranceOf, HOUR } from '../vocabulary/setup.ts';
import { placeOf, versionsOf } from '../vocabulary/versions.ts';
import type { Composition } from './composition.ts';
import { begin, goOn, Handlers } from './handlers.ts';
import { type Flight, OF_NO_TASK } from './network.ts';
import {
	ADMIN_OBEYED,
	ageQuota,
	ageServer,
	ageTask,
	answerOfVersion,
	askUnit,
	exchangeHeartbeat,
	isUp,
	letPass,
	setQuotaPolicy,
	setUnitPolicy,
	sweep,
	sweepUnit,
} from './parts.ts';
import { shapeOf, unitsOfVersion } from './shape.ts';

type TaskRoute = Exclude<Route, 'next' | 'end'>;

const REQUEST = { start: 'START', mark: 'MARK', heartbeat: 'BEAT' } as const;

const FORGED_END: Details = { status: 'failed', type: 'test', description: '', timed_out: null };

/** What a request comes to whose host the server does not know any more: its secret is none. */
const REFUSED: TaskSignal = { type: 'FORGED', guess: 'host-secret' };

/** Forgeries that are refused before anybody asks for the host. */
const NEVER_READ: readonly Credentials[] = ['none', 'wrong-task-secret', 'other-task'];

const isAway = ({ tables, server }: Composition, host: number): boolean =>
	tables['app-server'].context(server).away.includes(host);

/** Whether a request for a task is refused for its host, where it shows one. */
const isRefused = (system: Composition, route: TaskRoute | 'end', host: number): boolean =>
	isAway(system, host) && !(route === 'mark' && entranceOf(system.setup).proof === 'service-key');

/**
 * Turns each event of the alphabet into signals to the machines. A request that the server handles
 * is one transaction; what a unit wants done after it is a second one, which a crash may prevent.
 */
export class Happenings {
	readonly #system: Composition;
	readonly #handlers: Handlers;
	#answered = false;

	constructor(system: Composition, handlers = new Handlers()) {
		this.#system = system;
		this.#handlers = handlers;
	}

	/** Lets a possible event happen; what the server answered to the request of this event, if there was one. */
	happen(event: Event): Answer | null {
		this.#answered = false;
		this.#happen(event);
		const reply = this.#answered ? this.#system.reply : null;
		return reply === null ? null : { outcome: reply.outcome, status: reply.status };
	}

	#happen(event: Event): void {
		switch (event.kind) {
			case 'host-asks':
				return this.#host(event.host, { to: 'agent', signal: { type: 'ASK' } });
			case 'command-ends': {
				const { outcome, exit } = event;
				return this.#host(event.host, { to: 'command', signal: { type: 'ENDS', outcome, exit } });
			}
			case 'background-fails':
				return this.#backgroundFails(event);
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
				return this.#system.signal('server', { to: 'server', signal: { type: 'RETURN' } });
			case 'monitor-runs':
				return this.#monitor();
			case 'user-aborts':
			case 'user-restarts':
			case 'user-restarts-when-finished':
				return this.#userAsks(event);
			case 'user-restarts-version':
			case 'user-aborts-version': {
				for (const unit of unitsOfVersion(this.#system.setup, event.version))
					askUnit(this.#system, unit, event);
				const answer = answerOfVersion(this.#system.setup, event);
				this.#system.reply = { ...answer, ...OF_NO_TASK };
				this.#answered = true;
				return;
			}
			case 'policy-changes': {
				const { policy } = event;
				const place = placeOf(versionsOf(this.#system.setup).projects, event.project);
				setQuotaPolicy(this.#system, place, policy);
				for (const { unit, project } of shapeOf(this.#system.setup).units)
					if (project === place) setUnitPolicy(this.#system, unit, policy);
				this.#system.reply = { ...ADMIN_OBEYED, ...OF_NO_TASK };
				this.#answered = true;
				return;
			}
			case 'host-comes':
				return this.#hostMoves(event.host, 'COMES');
			case 'host-goes':
				return this.#hostMoves(event.host, 'GOES');
			case 'held':
				return this.#hold(event.begun);
			case 'goes-on':
				return this.#goOn(event.handler);
			case 'hours-pass':
				return this.#pass(event.hours * HOUR, null);
			case 'minutes-pass':
				this.#pass(event.minutes, null);
				if (isUp(this.#system)) this.#monitor();
				return;
			case 'host-unreachable':
				return this.#pass(event.minutes ?? HOUR, event.host);
			case 'request-forged':
				return this.#forged(event);
			default:
				event satisfies never;
		}
	}

	#userAsks(event: Extract<Begun, { task: string }>): void {
		const display = this.#displayTask(event.task);
		if (event.kind === 'user-aborts')
			return display === null
				? this.#ask(this.#task(event.task), { type: 'USER_ABORTS' })
				: this.#askUnit(display.unit, { type: 'USER_ABORTS', tasks: display.tasks });
		const { execution, failed_only: failedOnly = false } = event;
		const signal =
			event.kind === 'user-restarts'
				? ({ type: 'USER_RESTARTS', execution, failedOnly } as const)
				: ({ type: 'USER_ASKS', execution, failedOnly, abort: event.abort === true } as const);
		return display === null
			? this.#ask(this.#task(event.task), signal)
			: this.#askUnit(display.unit, signal);
	}

	/** An admin registers a host or takes one away, with what runs there. */
	#hostMoves(id: string, type: 'COMES' | 'GOES'): void {
		const host = this.#hostIndex(id);
		this.#system.signal('server', { to: 'server', signal: { type, host } });
		this.#system.signal(host, { to: 'agent', signal: { type } });
		this.#system.reply = { ...ADMIN_OBEYED, ...OF_NO_TASK };
		this.#answered = true;
	}

	/** What begins is held before its first change. */
	#hold(begun: Begun): void {
		const flight =
			begun.kind === 'message-delivered' ? this.#system.network.take(begun.message) : null;
		this.#handlers.add(begin(this.#system, begun, flight));
	}

	/** A handler makes its change, and is answered if it has no other to make. */
	#goOn(selector: HandlerSelector): void {
		const handler = this.#handlers.find(selector);
		if (handler === null) return;
		const { flight, ...moved } = goOn(this.#system, handler, ({ begun, flight }) => {
			if (flight !== null) this.#handle(flight);
			else if ('task' in begun) this.#userAsks(begun);
		});
		const isDone = moved.steps.length === 0;
		this.#handlers.move(handler, isDone ? null : { flight, ...moved });
		this.#answered = isDone && moved.begun.kind !== 'monitor-runs';
		this.#system.reply = moved.reply;
		if (isDone && flight !== null && moved.reply !== null)
			this.#system.network.reply(flight, moved.reply);
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
			return this.#system.signal('server', { to: 'server', signal: { type: 'NEXT', host } });
		const { task, execution } = call;
		if (isRefused(this.#system, call.route, host))
			return this.#system.signal('server', { to: 'task', task, signal: REFUSED });
		if (call.route === 'end' && entranceOf(this.#system.setup).forwards) return this.#end(call);
		const signal: TaskSignal =
			call.route === 'end'
				? { type: 'END', execution, details: call.details, remarks: call.remarks }
				: { type: REQUEST[call.route], execution };
		return this.#system.signal('server', { to: 'task', task, signal });
	}

	/** An end that may carry a request for a restart, which is decided first, in the same transaction. */
	#end({
		task,
		execution,
		details: { retryable, ...details },
		remarks,
	}: Extract<Call, { route: 'end' }>): void {
		if (retryable === true && details.status === 'failed')
			this.#system.signal('server', { to: 'task', task, signal: { type: 'MARK', execution } });
		this.#system.signal('server', {
			to: 'task',
			task,
			signal: { type: 'END', execution, details, remarks },
		});
	}

	/** A reply reaches the agent. */
	#hear({ message, host, lane, task, execution, restarts }: Flight): void {
		const outcome = message.outcome ?? 'nothing';
		this.#system.signal(
			host,
			lane === 'heartbeat'
				? { to: 'heartbeat', signal: { type: 'REPLY', outcome } }
				: {
						to: 'call',
						signal: {
							type: 'REPLY',
							...{ outcome, task, execution, restarts },
							run: this.#system.runOf(task),
						},
					},
		);
	}

	#crash({ message, commit }: Extract<Event, { kind: 'server-crashes' }>): void {
		const flight = message === undefined ? null : this.#system.network.take(message);
		if (flight !== null && commit === 'after') this.#handle(flight);
		this.#system.later = [];
		this.#handlers.clear();
		this.#system.signal('server', { to: 'server', signal: { type: 'CRASH' } });
	}

	/** A request that is no agent's: answered to whoever made it. */
	#ask(task: number, signal: TaskSignal): void {
		this.#system.signal('server', { to: 'task', task, signal });
		this.#answered = true;
	}

	#askUnit(unit: number, signal: UnitSignal): void {
		this.#system.signal('server', { to: 'unit', unit, signal });
		this.#answered = true;
	}

	#forged({
		route,
		task: id,
		host,
		credentials,
	}: Extract<Event, { kind: 'request-forged' }>): void {
		const task = this.#task(id);
		const { execution } = this.#system.tables.task.context(this.#system.tasks[task] ?? 0);
		const authentic = (of: number): TaskSignal =>
			route === 'end'
				? { type: 'END', execution: of, details: FORGED_END }
				: { type: REQUEST[route satisfies TaskRoute], execution: of };
		// No secret of a task or a host says anything to who asks for a key.
		if (route === 'mark' && entranceOf(this.#system.setup).proof === 'service-key')
			return this.#ask(
				task,
				credentials === 'service-key' ? authentic(execution) : { type: 'FORGED', guess: 'none' },
			);
		if (isAway(this.#system, this.#hostIndex(host)) && !NEVER_READ.includes(credentials))
			return this.#ask(task, REFUSED);
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
			case 'service-key':
				return this.#ask(task, authentic(execution));
		}
	}

	#monitor(): void {
		for (const task of this.#system.setup.tasks.keys()) sweep(this.#system, task);
		for (const unit of this.#system.units.keys()) sweepUnit(this.#system, unit);
	}

	#pass(minutes: number, unreachable: string | null): void {
		const system = this.#system;
		const { tasks, hosts } = system.setup;
		system.minute += minutes;
		for (const project of system.quotas.keys()) ageQuota(system, project, minutes);
		ageServer(system, minutes);
		for (const task of tasks.keys()) ageTask(system, task, minutes);
		const cutOff = hosts.map((id) => !isUp(system) || id === unreachable);
		for (const [host, cut] of cutOff.entries()) letPass(system, host, minutes, cut);
		for (const [host, cut] of cutOff.entries()) if (!cut) exchangeHeartbeat(system, host);
	}

	#backgroundFails({
		host,
		position: { block, step, member },
		exit,
	}: Extract<Event, { kind: 'background-fails' }>): void {
		const program = this.#system.programOn(this.#hostIndex(host));
		const index =
			program?.[block].findIndex(
				({ position, asks }) =>
					asks !== true && position.step === step && position.member === member,
			) ?? -1;
		this.#host(host, { to: 'block', signal: { type: 'BACKGROUND_FAILED', block, index, exit } });
	}

	#host(id: string, sent: SignalTo): void {
		this.#system.signal(this.#hostIndex(id), sent);
	}

	#hostIndex(id: string): number {
		return this.#system.setup.hosts.indexOf(id);
	}

	/** The execution tasks of a display task and their unit; null: the id is that of a task. */
	#displayTask(id: string): { tasks: number[]; unit: number } | null {
		const { setup } = this.#system;
		const display = setup.display_tasks?.find((one) => one.id === id);
		if (display === undefined) return null;
		const tasks = display.execution_tasks.map((name) => this.#task(name));
		return { tasks, unit: shapeOf(setup).unitOf[tasks[0] ?? 0] ?? 0 };
	}

	#task(id: string): number {
		return this.#system.setup.tasks.findIndex((task) => task.id === id);
	}
}
