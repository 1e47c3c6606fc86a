import { HostSecret } from '../../impl/routes/user-schemas.ts';
import { forge } from '../../impl/simulated/forgery.ts';
import { type EventOfUser, userRequest } from '../../impl/simulated/user-requests.ts';
import { AnswerBody } from '../../impl/wire/answer.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Begun, HandlerSelector } from '../../model/vocabulary/events/held.ts';
import type { Message, MessageSelector } from '../../model/vocabulary/message.ts';
import {
	type Answer,
	NOTHING_IN_HAND,
	type Observation,
} from '../../model/vocabulary/observation.ts';
import { HOUR, type Setup } from '../../model/vocabulary/setup.ts';
import type { Run } from '../systems/system.ts';
import { askServer, type LiveAppServer } from './app-server.ts';
import type { LiveHost } from './host.ts';
import type { HeldReply } from './in-flight.ts';
import { LiveHandlers } from './in-hand.ts';
import { LiveObserver } from './observer.ts';
import type { FaultProxy } from './proxy.ts';

const MINUTE_MS = 60_000;

/** A point of the store at which an app server dies, of those that its work gets to. */
export interface Death {
	/** Counted from 0. */
	readonly point: number;
	/** The work was over before: these are all of its points. */
	survived(points: readonly string[]): void;
}

/** What a run is played with. */
export interface Cast {
	readonly server: LiveAppServer;
	readonly proxy: FaultProxy;
	/** In the order of the setup. */
	readonly hosts: readonly LiveHost[];
	/** What a user shows of himself. */
	readonly userHeaders: Readonly<Record<string, string>>;
	/** How the app server dies the first time that it crashes or runs the monitor; around a commit, unless told. */
	readonly death: Death | null;
	/** A new agent begins on a host, which has this secret if it has just come. */
	engage(host: LiveHost, secret?: string): Promise<void>;
	/** The run is over. */
	stop(): Promise<void>;
}

/** What an agent, a user or nobody hears of a handler that is done. */
type Handlers = LiveHandlers<HeldReply | Response | null>;

/** One story on the live system, to which nothing happens but events, one at a time. */
export class LiveRun implements Run {
	seen: Observation;
	readonly #setup: Setup;
	readonly #cast: Cast;
	readonly #observer: LiveObserver;
	readonly #handlers: Handlers;
	#now_ms = 0;
	#answer: Answer | null = null;
	#death: Death | null;

	static async start(setup: Setup, cast: Cast): Promise<LiveRun> {
		const observer = new LiveObserver(setup, cast);
		const in_hand = NOTHING_IN_HAND;
		const seen = await observer.observe({ now_ms: 0, answer: null, in_hand });
		return new LiveRun(setup, cast, observer, seen);
	}

	private constructor(setup: Setup, cast: Cast, observer: LiveObserver, seen: Observation) {
		this.#setup = setup;
		this.#cast = cast;
		this.#handlers = new LiveHandlers(cast.server, cast.proxy, setup);
		this.#observer = observer;
		this.#death = cast.death;
		this.seen = seen;
	}

	async apply(event: Event): Promise<Observation> {
		this.#answer = null;
		await this.#happen(event);
		this.seen = await this.#observer.observe({
			now_ms: this.#now_ms,
			answer: this.#answer,
			in_hand: this.#handlers.seen,
		});
		return this.seen;
	}

	async stop(): Promise<void> {
		await this.#cast.stop();
	}

	async #happen(event: Event): Promise<void> {
		const { proxy, server } = this.#cast;
		switch (event.kind) {
			case 'message-delivered':
				return this.#deliver(event.message);
			case 'message-lost':
				proxy.take(event.message);
				return;
			case 'message-repeated':
				return proxy.repeat(event.message);
			case 'server-crashes':
				return this.#crash(event.message, event.commit ?? 'before');
			case 'server-returns':
				proxy.appServer = await server.comeUp(this.#setup.policy);
				return;
			case 'monitor-runs':
				return this.#monitor();
			case 'user-aborts':
			case 'user-restarts':
			case 'user-restarts-when-finished':
			case 'user-restarts-version':
			case 'user-aborts-version':
			case 'policy-changes':
				return this.#hear(await this.#askAsUser(event, this.#address));
			case 'host-comes': {
				const response = await this.#askAsUser(event, this.#address);
				const { secret } = HostSecret.parse(await response.clone().json());
				await this.#hear(response);
				return this.#cast.engage(this.#host(event.host), secret);
			}
			case 'host-goes':
				await this.#die(this.#host(event.host));
				return this.#hear(await this.#askAsUser(event, this.#address));
			case 'held':
				return this.#hold(event.begun);
			case 'goes-on':
				return this.#goOn(event.handler);
			case 'request-forged': {
				const forged = forge(event, this.#setup, this.#observer.committed);
				return this.#hear(await fetch(forged.toRequest(this.#address)));
			}
			case 'hours-pass':
				return this.#pass(event.hours * HOUR, null);
			case 'minutes-pass':
				return this.#passAsEver(event.minutes);
			case 'host-unreachable':
				return this.#pass(event.minutes ?? HOUR, event.host);
			case 'agent-dies':
				return this.#die(this.#host(event.host));
			case 'agent-returns':
				return this.#cast.engage(this.#host(event.host));
			default:
				return this.#happenToAgent(event);
		}
	}

	async #happenToAgent(event: EventOfAgent): Promise<void> {
		const host = this.#host(event.host);
		switch (event.kind) {
			case 'host-asks':
				return host.fire('poll');
			case 'command-ends':
				return host.endCommand(event);
			case 'background-fails':
				return host.failInBackground(event.position, event.exit);
			case 'status-posted':
				return host.post(event.posted);
			case 'heartbeat-sent':
				return host.fire('beat');
			case 'call-retried':
				this.#cast.proxy.breakCall(event.host);
				return host.rest();
			case 'call-abandoned':
				return host.fire('deadline');
			default:
				event satisfies never;
		}
	}

	async #deliver(selector: MessageSelector): Promise<void> {
		const answered = await this.#cast.proxy.deliver(selector);
		if (answered === null) return this.#rest();
		this.#note(answered);
	}

	#hold(begun: Begun): Promise<void> {
		const { proxy } = this.#cast;
		if (begun.kind === 'monitor-runs')
			return this.#handlers.hold(begun, null, this.seen, async (_, process) => {
				await askServer(process, 'monitor', {});
				return null;
			});
		if (begun.kind !== 'message-delivered')
			return this.#handlers.hold(begun, null, this.seen, (url) => this.#askAsUser(begun, url));
		const message = proxy.take(begun.message);
		if (message.leg !== 'request') throw new Error('the app server handles no replies');
		return this.#handlers.hold(begun, message, this.seen, (url) =>
			proxy.sendOn(message.request, url),
		);
	}

	async #goOn(selector: HandlerSelector): Promise<void> {
		const done = await this.#handlers.goOn(selector);
		if (done === null || done.answered === null) return;
		const { request, answered } = done;
		if (answered instanceof Response) return this.#hear(answered);
		if (request !== null) this.#note(await this.#cast.proxy.reply(request, answered));
	}

	async #crash(selector: MessageSelector | undefined, commit: 'before' | 'after'): Promise<void> {
		const { proxy } = this.#cast;
		if (selector !== undefined) {
			const message = proxy.take(selector);
			if (message.leg !== 'request') throw new Error('the app server handles no replies');
			await this.#dieDuring(() => proxy.sendOn(message.request), commit);
		}
		await this.#goDown();
	}

	async #monitor(): Promise<void> {
		const { server } = this.#cast;
		if (this.#death === null) return server.monitor();
		await this.#dieDuring(() => server.monitor());
		await this.#goDown();
	}

	/** The app server is killed while it works: around a commit, or where the run says so. */
	async #dieDuring(
		work: () => Promise<unknown>,
		commit: 'before' | 'after' = 'before',
	): Promise<void> {
		const { server } = this.#cast;
		const death = this.#death;
		this.#death = null;
		await server.dieAt(
			death === null ? { kind: 'commit', when: commit } : { kind: 'point', index: death.point },
		);
		const died = await work().then(
			() => false,
			() => true,
		);
		// Whoever commits no change is killed when it has answered, which nobody hears.
		if (died || death === null) return;
		death.survived(await server.takePoints());
	}

	async #goDown(): Promise<void> {
		const { proxy, server } = this.#cast;
		proxy.appServer = null;
		this.#handlers.clear();
		await server.crash();
	}

	async #die(host: LiveHost): Promise<void> {
		await host.die();
		await this.#cast.proxy.hungUp(host.id);
	}

	/** A user asks an app server, straight. */
	#askAsUser(event: EventOfUser, url: string): Promise<Response> {
		const asked = userRequest(event, this.#setup, this.seen).toRequest(url);
		for (const [name, value] of Object.entries(this.#cast.userHeaders))
			asked.headers.set(name, value);
		return fetch(asked);
	}

	/** The app server has answered somebody outside. */
	async #hear(response: Response): Promise<void> {
		const { outcome, error } = AnswerBody.parse(await response.json());
		if (outcome === null) throw new Error(`an answer without an outcome: ${error}`);
		this.#answer = { outcome, status: response.status };
	}

	#note({ outcome, status }: Message): void {
		if (outcome === null || status === null) throw new Error('an answer without an outcome');
		this.#answer = { outcome, status };
	}

	/** All goes on as it should, the monitor too. */
	async #passAsEver(minutes: number): Promise<void> {
		await this.#pass(minutes, null);
		if (this.#cast.server.isUp) await this.#cast.server.monitor();
	}

	async #pass(minutes: number, unreachable: string | null): Promise<void> {
		const { server, hosts, proxy } = this.#cast;
		this.#now_ms += minutes * MINUTE_MS;
		await server.setClock(this.#now_ms);
		const isCutOff = ({ id }: LiveHost): boolean => !server.isUp || id === unreachable;
		for (const host of hosts) {
			if (host.snapshot === null) continue;
			const isCut = isCutOff(host);
			const isBeatDue = await host.pass(minutes, isCut);
			if (!isCut || !isBeatDue) continue;
			proxy.setUnreachable(host.id, true);
			await host.fire('beat');
			proxy.setUnreachable(host.id, false);
		}
		for (const host of hosts) {
			if (isCutOff(host) || host.snapshot === null) continue;
			proxy.setReliable(host.id, true);
			await host.fire('beat');
			proxy.setReliable(host.id, false);
		}
	}

	async #rest(): Promise<void> {
		for (const host of this.#cast.hosts) if (host.snapshot !== null) await host.rest();
	}

	get #address(): string {
		const { appServer } = this.#cast.proxy;
		if (appServer === null) throw new Error('the app server is down');
		return appServer;
	}

	#host(id: string): LiveHost {
		const host = this.#cast.hosts.find((candidate) => candidate.id === id);
		if (host === undefined) throw new Error(`no host "${id}"`);
		return host;
	}
}

type EventOfAgent = Exclude<
	Extract<Event, { host: string }>,
	{ kind: `host-${'unreachable' | 'comes' | 'goes'}` | `agent-${string}` | 'request-forged' }
>;
