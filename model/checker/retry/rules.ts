import { hostSeen, taskSeen } from '../../system/observe.ts';
import { ageQuota, ageTask, exchangeHeartbeat, isUp, letGo, sweep } from '../../system/parts.ts';
import type { Event } from '../../vocabulary/event.ts';
import { type Message, selectorOf } from '../../vocabulary/message.ts';
import type { HostObservation, Observation } from '../../vocabulary/observation.ts';
import { isPossible, OUTCOMES } from '../../vocabulary/possible.ts';
import type { Outcome, Rule } from '../product.ts';
import { type Bounds, costOf } from './bounds.ts';
import { NOW } from './local.ts';
import { type Happened, hostPlace, QUOTA, type Scratch, SERVER, taskPlace } from './scratch.ts';

type RetryRule = Rule<Happened>;
type RetryOutcome = Outcome<Happened>;

/** A day passes in one step: every secret, slot and heartbeat is over then. */
const DAY = 24;

/** What can happen in a setup within its bounds, as rules that each read few components. */
export class Rules {
	readonly #scratch: Scratch;
	readonly #bounds: Bounds;

	constructor(scratch: Scratch, bounds: Bounds) {
		this.#scratch = scratch;
		this.#bounds = bounds;
	}

	/** What can happen by itself. */
	always(): RetryRule[] {
		const { tasks, hosts } = this.#scratch.setup;
		const { hours = 0 } = this.#bounds;
		return [
			...[...hosts.keys()].map((host) => this.#ofHost(host)),
			...[...tasks.keys()].flatMap((task) => this.#ofUsers(task)),
			this.#ofServer(),
			this.#monitor(),
			this.#hoursPass({ kind: 'hours-pass', hours: DAY }, undefined),
			...(hours > 0
				? [
						this.#hoursPass({ kind: 'hours-pass', hours: 1 }, costOf('hours')),
						...hosts.map((host) =>
							this.#hoursPass({ kind: 'host-unreachable', host }, costOf('hours')),
						),
					]
				: []),
		];
	}

	/** What can happen because a message is in flight. */
	deliveries(message: number): RetryRule[] {
		const { messages, setup } = this.#scratch;
		const flight = messages.flight(message);
		const selector = selectorOf(flight.message);
		const { losses = 0, repeats = 0 } = this.#bounds;
		const rules: RetryRule[] =
			flight.message.leg === 'reply'
				? [this.#delivery(message, [hostPlace(setup, flight.host)], () => true)]
				: this.#requests(message);
		if (losses > 0)
			rules.push(
				always({
					...labelled({ kind: 'message-lost', message: selector }, [flight.message], []),
					network: [{ take: message }],
					cost: costOf('losses'),
				}),
			);
		if (repeats > 0) {
			const copy = messages.copy(message);
			const come = messages.flight(copy).message;
			rules.push(
				always({
					...labelled(
						{ kind: 'message-repeated', message: selector },
						[flight.message],
						[flight.message, come],
					),
					network: [{ add: copy }],
					cost: costOf('repeats'),
				}),
			);
		}
		return rules;
	}

	/** A request is handled by the machines of the task that it is about; `next`, by those of the task that is given. */
	#requests(message: number): RetryRule[] {
		const { messages, setup, tables } = this.#scratch;
		const { call, host } = messages.flight(message);
		const server = (task: number) => [taskPlace(task), QUOTA, SERVER];
		if (call.route !== 'next') return [this.#delivery(message, server(call.task), () => true)];
		const given = (state: number): number | null => {
			const { assigned, waiting } = tables['app-server'].context(state);
			return assigned[host] ?? waiting[0] ?? null;
		};
		return [
			this.#delivery(message, [SERVER], ([state = 0]) => given(state) === null),
			...[...setup.tasks.keys()].map((task) =>
				this.#delivery(message, server(task), ([, , state = 0]) => given(state) === task),
			),
		];
	}

	/** A message arrives; a request may find the server crash before or after it commits. */
	#delivery(
		message: number,
		reads: readonly number[],
		concerns: (states: readonly number[]) => boolean,
	): RetryRule {
		const flight = this.#scratch.messages.flight(message);
		const selector = selectorOf(flight.message);
		const events: Event[] = [{ kind: 'message-delivered', message: selector }];
		if (flight.message.leg === 'request' && (this.#bounds.crashes ?? 0) > 0)
			events.push(
				{ kind: 'server-crashes', message: selector, commit: 'before' },
				{ kind: 'server-crashes', message: selector, commit: 'after' },
			);
		const needsServer = flight.message.leg === 'request';
		return {
			reads,
			ask: (states) => {
				if (needsServer && !this.#isUp(states[reads.indexOf(SERVER)])) return [];
				if (!concerns(states)) return [];
				return events.map((event) => {
					const { happened, writes, network } = this.#scratch.happen(event, reads, states, flight);
					const crash = event.kind === 'server-crashes';
					return {
						label: happened,
						writes,
						network,
						...(crash ? { cost: costOf('crashes') } : {}),
					};
				});
			},
		};
	}

	/** What an agent and its commands can do by themselves. */
	#ofHost(host: number): RetryRule {
		const { setup, tables, local } = this.#scratch;
		const reads = [hostPlace(setup, host)];
		return {
			reads,
			ask: ([state = 0]) => {
				const seen = hostSeen(setup, tables, host, local.host(state), null);
				const possible = this.#eventsOf(seen).filter(({ event }) =>
					isPossible(setup, { ...NOTHING, hosts: [seen] }, event),
				);
				return possible.map(({ event, cost }) => this.#outcome(event, reads, [state], cost));
			},
		};
	}

	#eventsOf({ id: host, doing, background }: HostObservation): Costed[] {
		const { outcomes, posted = [], posts = 0, beats = 0, deaths = 0, abandons } = this.#bounds;
		const events: Costed[] = [
			{ event: { kind: 'host-asks', host } },
			{ event: { kind: 'call-retried', host } },
			{ event: { kind: 'agent-returns', host } },
			...background.map((position) => ({
				event: { kind: 'background-fails', host, position } as const,
			})),
		];
		if (abandons === true) events.push({ event: { kind: 'call-abandoned', host } });
		if (beats > 0) events.push({ event: { kind: 'heartbeat-sent', host }, cost: costOf('beats') });
		if (deaths > 0) events.push({ event: { kind: 'agent-dies', host }, cost: costOf('deaths') });
		if (doing.kind !== 'running') return events;
		for (const outcome of outcomes ?? OUTCOMES[doing.position.block])
			events.push({ event: { kind: 'command-ends', host, outcome } });
		if (posts > 0)
			for (const one of posted)
				events.push({ event: { kind: 'status-posted', host, posted: one }, cost: costOf('posts') });
		return events;
	}

	/** What users and attackers can do to a task. */
	#ofUsers(task: number): RetryRule[] {
		const { setup, tables, local } = this.#scratch;
		const { aborts = 0, restarts = 0, forged = [], forgeries = 0 } = this.#bounds;
		const id = setup.tasks[task]?.id ?? '';
		const reads = [taskPlace(task), QUOTA, SERVER];
		if (aborts === 0 && restarts === 0 && forgeries === 0) return [];
		const ask = (states: readonly number[]): RetryOutcome[] => {
			if (!this.#isUp(states[2])) return [];
			const { snapshot, page } = local.task(states[0] ?? 0);
			const seen = { ...NOTHING, tasks: [taskSeen(setup, tables, task, snapshot, page)] };
			const { execution } = tables.task.context(snapshot);
			const events: Costed[] = [];
			if (aborts > 0)
				events.push({ event: { kind: 'user-aborts', task: id }, cost: costOf('aborts') });
			if (restarts > 0)
				for (const named of execution > 0 ? [execution, execution - 1] : [execution])
					events.push({
						event: { kind: 'user-restarts', task: id, execution: named },
						cost: costOf('restarts'),
					});
			if (forgeries > 0)
				for (const one of forged)
					for (const host of setup.hosts)
						events.push({
							event: { kind: 'request-forged', task: id, host, ...one },
							cost: costOf('forgeries'),
						});
			return events
				.filter(({ event }) => isPossible(setup, seen, event))
				.map(({ event, cost }) => this.#outcome(event, reads, states, cost));
		};
		return [{ reads, ask }];
	}

	#ofServer(): RetryRule {
		const { crashes = 0 } = this.#bounds;
		return {
			reads: [SERVER],
			ask: ([state = 0]) => {
				if (!this.#isUp(state))
					return [this.#outcome({ kind: 'server-returns' }, [SERVER], [state], undefined)];
				return crashes > 0
					? [this.#outcome({ kind: 'server-crashes' }, [SERVER], [state], costOf('crashes'))]
					: [];
			},
		};
	}

	#monitor(): RetryRule {
		const event: Event = { kind: 'monitor-runs' };
		return {
			reads: [SERVER],
			ask: ([state = 0]) =>
				this.#isUp(state) ? [{ ...labelled(event, [], []), writes: [state] }] : [],
			parts: [...this.#scratch.setup.tasks.keys()].map((task) =>
				this.#part(event, [taskPlace(task), QUOTA, SERVER], 0, (system) => sweep(system, task)),
			),
		};
	}

	#hoursPass(
		event: Extract<Event, { kind: 'hours-pass' | 'host-unreachable' }>,
		cost: number | undefined,
	): RetryRule {
		const { setup } = this.#scratch;
		const hours = event.kind === 'hours-pass' ? event.hours : 1;
		const cutOff = (host: number) =>
			event.kind === 'host-unreachable' && setup.hosts[host] === event.host;
		const tasks = [...setup.tasks.keys()];
		const hosts = [...setup.hosts.keys()];
		const part = this.#part.bind(this);
		return {
			reads:
				event.kind === 'host-unreachable'
					? [hostPlace(setup, setup.hosts.indexOf(event.host))]
					: [],
			ask: (states) => {
				if (event.kind === 'host-unreachable' && !this.#isAlive(event.host, states[0] ?? 0))
					return [];
				const label = { event, answer: null, gone: [], come: [], hours };
				return [{ label, writes: states, ...(cost === undefined ? {} : { cost }) }];
			},
			parts: [
				part(event, [QUOTA], hours, (system) => ageQuota(system, hours)),
				...tasks.map((task) =>
					part(event, [taskPlace(task)], hours, (system) => ageTask(system, task, hours)),
				),
				...hosts.map((host) =>
					part(event, [hostPlace(setup, host), SERVER], hours, (system) =>
						letGo(system, host, cutOff(host) || !isUp(system)),
					),
				),
				...hosts.flatMap((host) =>
					cutOff(host)
						? []
						: tasks.map((task) =>
								part(event, [hostPlace(setup, host), taskPlace(task), SERVER], hours, (system) => {
									const { agent = 0 } = system.hosts[host] ?? {};
									if (isUp(system) && system.tables.agent.context(agent).task === task)
										exchangeHeartbeat(system, host);
								}),
							),
				),
			],
		};
	}

	#part(
		event: Event,
		reads: readonly number[],
		hours: number,
		act: Parameters<Scratch['part']>[4],
	): RetryRule {
		return {
			reads,
			ask: (states) => {
				const { happened, writes, network } = this.#scratch.part(event, reads, states, hours, act);
				return [{ label: happened, writes, network }];
			},
		};
	}

	#outcome(
		event: Event,
		reads: readonly number[],
		states: readonly number[],
		cost: number | undefined,
	): RetryOutcome {
		const { happened, writes, network } = this.#scratch.happen(event, reads, states, null);
		return { label: happened, writes, network, ...(cost === undefined ? {} : { cost }) };
	}

	#isUp(server: number | undefined): boolean {
		return this.#scratch.tables['app-server'].value(server ?? 0) === 'up';
	}

	#isAlive(host: string, state: number): boolean {
		const { setup, local, tables } = this.#scratch;
		const seen = hostSeen(setup, tables, setup.hosts.indexOf(host), local.host(state), null);
		return seen.agent === 'alive';
	}
}

interface Costed {
	readonly event: Event;
	readonly cost?: number;
}

/** An observation in which there is nothing but what is put in. */
const NOTHING: Observation = {
	hour: NOW,
	server: 'up',
	tasks: [],
	hosts: [],
	messages: [],
	quota_used: 0,
	answer: null,
	ignored_flags: [],
};

const labelled = (event: Event, gone: Message[], come: Message[]): RetryOutcome => ({
	label: { event, answer: null, gone, come, hours: 0 },
	writes: [],
});

const always = (outcome: RetryOutcome): RetryRule => ({ reads: [], ask: () => [outcome] });
