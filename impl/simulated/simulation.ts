import type { Event } from '../../model/vocabulary/events/event.ts';
import type { MessageSelector } from '../../model/vocabulary/message.ts';
import type { Answer, ExecutionRef, Observation } from '../../model/vocabulary/observation.ts';
import { designOf, type Setup } from '../../model/vocabulary/setup.ts';
import type { AgentRules } from '../agent/rules.ts';
import type { AgentVariant } from '../agent/variant.ts';
import { referenceVariantOf } from '../designs/index.ts';
import type { Envelope } from '../ports/transport.ts';
import { load } from '../server/loading.ts';
import type { Rules } from '../server/rules.ts';
import type { OpenStore } from '../store/committed.ts';
import { MemoryStore } from '../store/memory.ts';
import type { Awaitable } from '../store/store.ts';
import type { AnswerBody } from '../wire/answer.ts';
import { LightRequest } from '../wire/exchange.ts';
import { userPath } from '../wire/path.ts';
import { SimulatedClock } from './clock.ts';
import { CrashingStore } from './crashes.ts';
import { forge, SERVICE_KEY } from './forgery.ts';
import { type SimulatedHost, SimulatedHosts } from './hosts.ts';
import { SimulatedNetwork } from './network.ts';
import { SimulatedRandomness } from './randomness.ts';
import { untilAtRest } from './rest.ts';
import { SimulatedServer, serverBuilder } from './server.ts';
import { SimulationObserver } from './simulation-observer.ts';
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

/** One app server and its hosts, to which nothing happens but events, one at a time. */
export class Simulation {
	/** What was seen last. */
	seen: Observation;
	readonly #setup: Setup;
	readonly #clock = new SimulatedClock();
	readonly #network = new SimulatedNetwork();
	readonly #store: OpenStore;
	readonly #server: SimulatedServer;
	readonly #hosts: SimulatedHosts;
	readonly #observer: SimulationObserver;
	#answer: Answer | null = null;

	/** Brings up a fresh world for the setup. */
	static async start(setup: Setup, options: SimulationOptions = {}): Promise<Simulation> {
		const store = (await options.store?.()) ?? new MemoryStore();
		const randomness = new SimulatedRandomness();
		await load(store, setup, randomness);
		return new Simulation(setup, options, store, randomness);
	}

	private constructor(
		setup: Setup,
		{ wire = lightWire, rules = {}, agent = {}, agentRules = {} }: SimulationOptions,
		store: OpenStore,
		randomness: SimulatedRandomness,
	) {
		this.#setup = setup;
		this.#store = store;
		const { policy } = setup;
		const variant = referenceVariantOf(designOf(setup), SERVICE_KEY);
		const build = serverBuilder({
			clock: this.#clock,
			randomness,
			policy,
			rules,
			variant: variant.server,
		});
		this.#server = new SimulatedServer({ wire, store: new CrashingStore(store), build });
		this.#hosts = new SimulatedHosts(setup, this.#network, store, {
			variant: { ...variant.agent, ...agent },
			rules: agentRules,
		});
		this.#observer = new SimulationObserver({ setup, store, network: this.#network, rules });
		this.seen = this.#observe();
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
				return this.#server.comeUp();
			case 'monitor-runs':
				return this.#server.monitor();
			case 'user-aborts':
				return this.#ask(new LightRequest('POST', userPath(event.task, 'abort')));
			case 'user-restarts': {
				const { kind: _, task, ...body } = event;
				return this.#ask(new LightRequest('POST', userPath(task, 'restart'), {}, body));
			}
			case 'request-forged':
				return this.#ask(forge(event, this.#setup, this.#store));
			case 'hours-pass':
				return this.#passHours(event.hours, null);
			case 'host-unreachable':
				return this.#passHours(1, event.host);
			case 'agent-dies':
				return this.#hosts.at(event.host).agentDies();
			case 'agent-returns':
				return this.#hosts.at(event.host).agentReturns();
			default:
				return this.#happenToAgent(event);
		}
	}

	#happenToAgent(event: EventOfAgent): Promise<void> {
		const { process } = this.#hosts.at(event.host);
		if (process === null) throw new Error(`the agent of host "${event.host}" is dead`);
		const { timers, shell, transport, agent } = process;
		switch (event.kind) {
			case 'host-asks':
				timers.poll();
				break;
			case 'command-ends':
				shell.end(event.outcome);
				break;
			case 'background-fails':
				shell.failInBackground(event.position);
				break;
			case 'status-posted':
				agent.post(event.posted);
				break;
			case 'heartbeat-sent':
				timers.beat();
				break;
			case 'call-retried':
				transport.call?.close();
				break;
			case 'call-abandoned':
				timers.reachDeadline();
				break;
			default:
				event satisfies never;
		}
		return this.#rest();
	}

	async #deliver(selector: MessageSelector): Promise<void> {
		const message = this.#network.take(selector);
		if (message.leg === 'reply') {
			message.connection?.deliver(message.response);
			return this.#rest();
		}
		const { response, body } = await this.#server.answer(message.request);
		this.#answer = answerOf({ response, body });
		if (message.connection === null) return;
		const execution = executionOf(message.envelope, body);
		const reply = { response, outcome: body.outcome, execution };
		this.#network.reply(message.envelope, reply, message.connection);
	}

	async #crash(selector: MessageSelector | undefined, commit: 'before' | 'after'): Promise<void> {
		if (selector === undefined) return this.#server.goDown();
		const message = this.#network.take(selector);
		if (message.leg !== 'request') throw new Error('the app server handles no replies');
		return this.#server.crashOn(message.request, commit);
	}

	/** A request from outside, answered at once. */
	async #ask(request: LightRequest): Promise<void> {
		this.#answer = answerOf(await this.#server.answer(request));
	}

	async #passHours(hours: number, unreachable: string | null): Promise<void> {
		this.#clock.pass(hours);
		const isCutOff = ({ id }: SimulatedHost): boolean => !this.#server.isUp || id === unreachable;
		for (const host of this.#hosts) {
			if (isCutOff(host)) host.process?.cutOff();
			else host.process?.letHourPass();
			await this.#rest();
		}
		for (const host of this.#hosts) {
			if (isCutOff(host)) continue;
			host.process?.beatReliably(
				async ({ request }) => (await this.#server.answer(request)).response,
			);
			await this.#rest();
		}
	}

	#rest(): Promise<void> {
		return untilAtRest(() => this.#hosts.areAtRest);
	}

	#observe(): Observation {
		return this.#observer.observe({
			now_ms: this.#clock.now_ms(),
			server: this.#server.isUp ? 'up' : 'down',
			answer: this.#answer,
			processes: Array.from(this.#hosts, ({ process }) => process),
		});
	}
}

type EventOfAgent = Exclude<
	Extract<Event, { host: string }>,
	{ kind: 'host-unreachable' | 'agent-dies' | 'agent-returns' | 'request-forged' }
>;

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
