import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Begun, HandlerSelector } from '../../model/vocabulary/events/held.ts';
import type { MessageSelector } from '../../model/vocabulary/message.ts';
import type { Answer, ExecutionRef, Observation } from '../../model/vocabulary/observation.ts';
import { designOf, HOUR, type Setup } from '../../model/vocabulary/setup.ts';
import type { AgentRules } from '../agent/rules.ts';
import type { AgentVariant } from '../agent/variant.ts';
import { referenceVariantOf } from '../designs/index.ts';
import type { Envelope } from '../ports/transport.ts';
import { load } from '../server/loading.ts';
import { RULES, type Rules } from '../server/rules.ts';
import type { OpenStore } from '../store/committed.ts';
import { MemoryStore } from '../store/memory.ts';
import type { TablesSnapshot } from '../store/memory-transaction.ts';
import type { Awaitable } from '../store/store.ts';
import type { AnswerBody } from '../wire/answer.ts';
import type { LightRequest } from '../wire/exchange.ts';
import { remarksOf } from '../wire/remarks.ts';
import type { Heard } from './agent.ts';
import { SimulatedClock } from './clock.ts';
import { CrashingStore } from './crashes.ts';
import { forge, SERVICE_KEY } from './forgery.ts';
import { type Handler, Handlers, inHand, type Work } from './handlers.ts';
import { type HostMoment, lateSecret, type SimulatedHost, SimulatedHosts } from './hosts.ts';
import { type InFlight, SimulatedNetwork } from './network.ts';
import { SimulatedRandomness } from './randomness.ts';
import { type ServerMoment, SimulatedServer, serverBuilder } from './server.ts';
import { type LastSeen, SimulationObserver } from './simulation-observer.ts';
import { userRequest } from './user-requests.ts';
import { type Answered, lightWire, type Wire } from './wire.ts';

export interface SimulationOptions {
	/** How requests reach the app server; light objects, unless told. */
	readonly wire?: Wire;
	/** Rules of the app server that replace the correct ones: for deviations only. */
	readonly rules?: Partial<Rules>;
	/** What its agents do instead of what the design says: for deviations only. */
	readonly agent?: Partial<AgentVariant>;
	/** Decisions of its agents that replace the correct ones: for deviations only. */
	readonly agentRules?: Partial<AgentRules>;
	/** Gives an empty store, for each start; one in memory, unless told. */
	readonly store?: () => Awaitable<OpenStore>;
}

/** All that is in a simulation at one moment. */
export interface SimulationSnapshot {
	readonly seen: Observation;
	readonly now_ms: number;
	/** How many were given. */
	readonly secrets: number;
	readonly inFlight: readonly InFlight[];
	readonly tables: TablesSnapshot;
	readonly server: ServerMoment;
	readonly handlers: readonly Handler[];
	readonly hosts: readonly HostMoment[];
	readonly last: LastSeen;
}

interface Beginning {
	readonly store: OpenStore;
	readonly randomness: SimulatedRandomness;
	/** What can be put back of them. */
	readonly past: { readonly store: MemoryStore; readonly randomness: SimulatedRandomness } | null;
}

/** One app server and its hosts, to which nothing happens but events, one at a time. */
export class Simulation {
	/** What was seen last. */
	seen: Observation;
	readonly #setup: Setup;
	readonly #clock = new SimulatedClock();
	readonly #handlers = new Handlers();
	readonly #network = new SimulatedNetwork((connection) => this.#handlers.closed(connection));
	readonly #store: OpenStore;
	readonly #server: SimulatedServer;
	readonly #hosts: SimulatedHosts;
	readonly #observer: SimulationObserver;
	readonly #randomness: SimulatedRandomness;
	readonly #past: Beginning['past'];
	#answer: Answer | null = null;

	/** Brings up a fresh world for the setup. */
	static async start(setup: Setup, options: SimulationOptions = {}): Promise<Simulation> {
		const store = (await options.store?.()) ?? new MemoryStore();
		const randomness = new SimulatedRandomness();
		await load(store, setup, randomness);
		return new Simulation(setup, options, { store, randomness, past: null });
	}

	/** Brings up one that can be put back: its store is in memory, and its agents do what is on record. */
	static async startOnRecord(
		setup: Setup,
		options: Omit<SimulationOptions, 'wire' | 'store'> = {},
	): Promise<Simulation> {
		const store = new MemoryStore();
		const randomness = new SimulatedRandomness();
		await load(store, setup, randomness);
		return new Simulation(setup, options, { store, randomness, past: { store, randomness } });
	}

	private constructor(
		setup: Setup,
		{ wire = lightWire, rules = {}, agent = {}, agentRules = {} }: SimulationOptions,
		{ store, randomness, past }: Beginning,
	) {
		this.#setup = setup;
		this.#past = past;
		this.#randomness = randomness;
		this.#store = store;
		const { policy } = setup;
		const variant = referenceVariantOf(designOf(setup), SERVICE_KEY);
		const build = serverBuilder({
			randomness,
			policy,
			rules,
			variant: variant.server,
		});
		this.#server = new SimulatedServer({
			wire,
			store: new CrashingStore(store),
			clock: this.#clock,
			build,
			monitorEvery_ms: (rules.monitorEvery_s ?? RULES.monitorEvery_s)() * 1000,
		});
		this.#hosts = new SimulatedHosts({
			setup,
			network: this.#network,
			store,
			variant: { ...variant.agent, ...agent },
			rules: agentRules,
			recorded: past !== null,
		});
		this.#observer = new SimulationObserver({ setup, store, network: this.#network, rules });
		this.seen = this.#observe();
	}

	/** All that is, to be put back; only of a simulation on record. */
	snapshot(): SimulationSnapshot {
		const { store, randomness } = this.#pastOrThrow();
		return {
			seen: this.seen,
			now_ms: this.#clock.now_ms(),
			secrets: randomness.snapshot(),
			inFlight: this.#network.snapshot(),
			tables: store.snapshot(),
			server: this.#server.snapshot(),
			handlers: this.#handlers.snapshot(),
			hosts: this.#hosts.snapshot(),
			last: this.#observer.snapshot(),
		};
	}

	/** Puts back what was then. Snapshots share what they have in common, and never change. */
	putBack(snapshot: SimulationSnapshot): void {
		const { store, randomness } = this.#pastOrThrow();
		this.seen = snapshot.seen;
		this.#clock.putBack(snapshot.now_ms);
		randomness.putBack(snapshot.secrets);
		this.#network.putBack(snapshot.inFlight);
		store.putBack(snapshot.tables);
		this.#server.putBack(snapshot.server);
		this.#handlers.putBack(snapshot.handlers);
		this.#hosts.putBack(snapshot.hosts);
		this.#observer.putBack(snapshot.last);
	}

	#pastOrThrow() {
		if (this.#past === null) throw new RangeError('only a simulation on record can be put back');
		return this.#past;
	}

	/** Lets a possible event happen, waits until everything is at rest, and tells what is seen. */
	async apply(event: Event): Promise<Observation> {
		this.#answer = null;
		await this.#happen(event);
		this.seen = this.#observe();
		return this.seen;
	}

	#happen(event: Event): Promise<void> | void {
		switch (event.kind) {
			case 'message-delivered':
				return this.#deliver(event.message);
			case 'message-lost':
				this.#network.take(event.message);
				return;
			case 'message-repeated':
				return this.#network.repeat(event.message);
			case 'server-crashes':
				return this.#crash(event.message, event.commit ?? 'before');
			case 'server-returns':
				return this.#server.comeUp(this.#clock.now_ms());
			case 'monitor-runs':
				return this.#server.monitor();
			case 'user-aborts':
			case 'user-restarts':
			case 'user-restarts-when-finished':
			case 'user-restarts-version':
			case 'user-aborts-version':
			case 'policy-changes':
				return this.#ask(userRequest(event, this.#setup, this.seen));
			case 'host-comes':
				return this.#hostComes(event);
			case 'host-goes':
				this.#hosts.at(event.host).goes();
				return this.#ask(userRequest(event, this.#setup, this.seen));
			case 'held':
				return this.#hold(event.begun);
			case 'goes-on':
				return this.#goOn(event.handler);
			case 'request-forged':
				return this.#ask(forge(event, this.#setup, this.#store));
			case 'hours-pass':
				return this.#pass(event.hours * HOUR, null);
			case 'minutes-pass':
				return this.#passAsEver(event.minutes);
			case 'host-unreachable':
				return this.#pass(event.minutes ?? HOUR, event.host);
			case 'agent-dies':
				return this.#hosts.at(event.host).agentDies();
			case 'agent-returns':
				return this.#hosts.at(event.host).agentReturns();
			default:
				return this.#happenToAgent(event);
		}
	}

	async #happenToAgent(event: EventOfAgent): Promise<void> {
		const { agent } = this.#hosts.at(event.host);
		if (agent === null) throw new Error(`the agent of host "${event.host}" is dead`);
		await agent.hear(heardOf(event));
		return this.#hosts.rest();
	}

	async #deliver(selector: MessageSelector): Promise<void> {
		const message = this.#network.take(selector);
		if (message.leg === 'reply') {
			await message.connection?.deliver(message.response);
			return this.#hosts.rest();
		}
		this.#reply(message, await this.#server.answer(message.request));
	}

	#reply(message: Extract<InFlight, { leg: 'request' }>, { response, body }: Answered): void {
		this.#answer = answerOf({ response, body });
		if (message.connection === null) return;
		const execution = executionOf(message.envelope, body);
		const reply = { response, outcome: body.outcome, execution };
		this.#network.reply(message.envelope, reply, message.connection);
	}

	async #hold(begun: Begun): Promise<void> {
		const work = this.#workOf(begun);
		const progress = await this.#server.hold(work);
		const request = work.kind === 'message' ? work.message.seen : null;
		const seen = inHand(begun, request, this.#setup, this.seen);
		this.#handlers.add({ work, progress, seen });
	}

	#workOf(begun: Begun): Work {
		if (begun.kind === 'monitor-runs') return { kind: 'monitor' };
		if (begun.kind !== 'message-delivered') {
			const request = userRequest(begun, this.#setup, this.seen);
			return { kind: 'request', request };
		}
		const message = this.#network.take(begun.message);
		if (message.leg !== 'request') throw new Error('the app server handles no replies');
		return { kind: 'message', message };
	}

	async #goOn(selector: HandlerSelector): Promise<void> {
		const handler = this.#handlers.find(selector);
		const { work } = handler;
		const handled = await this.#server.goOn(work, handler.progress);
		this.#handlers.move(handler, handled.kind === 'stopped' ? handled.progress : null);
		if (handled.kind === 'stopped' || handled.answered === null) return;
		if (work.kind === 'message') this.#reply(work.message, handled.answered);
		else this.#answer = answerOf(handled.answered);
	}

	async #crash(selector: MessageSelector | undefined, commit: 'before' | 'after'): Promise<void> {
		this.#handlers.clear();
		if (selector === undefined) return this.#server.goDown();
		const message = this.#network.take(selector);
		if (message.leg !== 'request') throw new Error('the app server handles no replies');
		return this.#server.crashOn(message.request, commit);
	}

	/** A request from outside, answered at once. */
	async #ask(request: LightRequest): Promise<void> {
		this.#answer = answerOf(await this.#server.answer(request));
	}

	async #hostComes(event: Extract<Event, { kind: 'host-comes' }>): Promise<void> {
		this.#randomness.nextIs(lateSecret(event.host));
		await this.#ask(userRequest(event, this.#setup, this.seen));
		this.#hosts.at(event.host).comes();
	}

	/** All goes on as it should, the monitor too. */
	async #passAsEver(minutes: number): Promise<void> {
		await this.#pass(minutes, null);
		if (this.#server.isUp) await this.#server.monitorIfDue(this.#clock.now_ms());
	}

	async #pass(minutes: number, unreachable: string | null): Promise<void> {
		this.#clock.passMinutes(minutes);
		const isCutOff = ({ id }: SimulatedHost): boolean => !this.#server.isUp || id === unreachable;
		for (const host of this.#hosts) {
			await host.agent?.hear({ kind: 'minutes', minutes, cutOff: isCutOff(host) });
			await this.#hosts.rest();
		}
		for (const host of this.#hosts) {
			if (isCutOff(host)) continue;
			await host.agent?.beatReliably(
				async ({ request }) => (await this.#server.answer(request)).response,
			);
			await this.#hosts.rest();
		}
	}

	#observe(): Observation {
		return this.#observer.observe({
			now_ms: this.#clock.now_ms(),
			server: this.#server.isUp ? 'up' : 'down',
			in_hand: this.#handlers.seen,
			answer: this.#answer,
			agents: Array.from(this.#hosts, ({ agent }) => agent?.seen ?? null),
		});
	}
}

type EventOfAgent = Exclude<
	Extract<Event, { host: string }>,
	{ kind: `host-${'unreachable' | 'comes' | 'goes'}` | `agent-${string}` | 'request-forged' }
>;

function heardOf(event: EventOfAgent): Heard {
	switch (event.kind) {
		case 'host-asks':
			return { kind: 'poll' };
		case 'command-ends':
			return { kind: 'command ends', outcome: event.outcome, exit: event.exit };
		case 'background-fails':
			return { kind: 'background fails', position: event.position, exit: event.exit };
		case 'status-posted': {
			const { remarks, ...posted } = event.posted;
			const said = remarksOf(remarks?.desc ?? '', remarks?.tags ?? []);
			return { kind: 'status posted', posted, remarks: said };
		}
		case 'heartbeat-sent':
			return { kind: 'beat' };
		case 'call-retried':
			return { kind: 'retry' };
		case 'call-abandoned':
			return { kind: 'deadline' };
	}
}

function answerOf({ response, body }: Answered): Answer {
	const { outcome, error } = body;
	if (outcome === null) throw new Error(`an answer without an outcome: ${error}`);
	return { outcome, status: response.status };
}

function executionOf({ execution }: Envelope, body: AnswerBody): ExecutionRef | null {
	const { task_id, task_execution } = body;
	return task_id === undefined || task_execution === undefined
		? execution
		: { task: task_id, execution: task_execution };
}
