import type { Effect, SignalTo, TaskRun, UnitSignal } from '../machines/signals.ts';
import { heededOf, isLate, type Setup } from '../vocabulary/setup.ts';
import { type GroupInstance, groupInstances } from '../vocabulary/structure.ts';
import { versionsOf } from '../vocabulary/versions.ts';
import { Ledger, type Page } from './ledger.ts';
import type { Reply, Wire } from './network.ts';
import { leavingProgramOf, type Program, programOf, runsOf } from './program.ts';
import { shapeOf } from './shape.ts';
import type { Answering } from './tables.ts';

/** The snapshots of the machines of one host. */
export interface HostState {
	agent: number;
	block: number;
	command: number;
	call: number;
	heartbeat: number;
}

/** Where a signal goes: to the machines of a host, or to those of the server. */
export type Side = number | 'server';

interface Queued {
	side: Side;
	sent: SignalTo;
}

/** What agents can run. Places are those of the tasks and of the group instances in the setup. */
interface Programs {
	readonly tasks: readonly Program[];
	readonly runs: readonly TaskRun[];
	readonly groups: readonly GroupInstance[];
	readonly leaving: readonly Program[];
}

/** Which of the machines of the server says something. */
interface Speaker {
	readonly task?: number;
	readonly unit?: number;
}

/** All machines at one moment between two events. */
export interface CompositionSnapshot {
	readonly hosts: readonly Readonly<HostState>[];
	readonly tasks: readonly number[];
	readonly units: readonly number[];
	readonly server: number;
	readonly quotas: readonly number[];
	readonly minute: number;
	readonly pages: readonly Page[];
}

const NOBODY: Speaker = {};

const PROGRAMS = new WeakMap<Setup, Programs>();

/** Worked out once a setup. */
export function programsOf(setup: Setup): Programs {
	let programs = PROGRAMS.get(setup);
	if (programs === undefined) {
		const groups = groupInstances(setup);
		programs = {
			tasks: setup.tasks.map((instance) => programOf(setup, instance)),
			runs: runsOf(setup),
			groups,
			leaving: groups.map((group) => leavingProgramOf(setup, group)),
		};
		PROGRAMS.set(setup, programs);
	}
	return programs;
}

/** What an agent runs: the task that it holds; without one, the way out of the group that its host is set up for. */
export function programFor(
	setup: Setup,
	{ task, setUpFor }: { task: number | null; setUpFor: { group: number } | null },
): Program | null {
	const { tasks, leaving } = programsOf(setup);
	if (task !== null) return tasks[task] ?? null;
	return setUpFor === null ? null : (leaving[setUpFor.group] ?? null);
}

/**
 * The machines of the system at work: on each host an agent, its block, command, call and
 * heartbeat; on the server the tasks, what restarts together, the quota of each project and who runs what. A signal is delivered with all
 * that follow from it, in the order in which they were uttered, until all is quiet.
 */
export class Composition {
	readonly setup: Setup;
	readonly tables: Answering;
	readonly hosts: HostState[];
	readonly tasks: number[];
	readonly units: number[];
	server: number;
	/** By project. */
	readonly quotas: number[];
	readonly network: Wire;
	readonly ledger: Ledger;
	minute = 0;
	/** What the server answered to the last request. */
	reply: Reply | null = null;
	/** What is to be done in transactions of its own, after the one in hand. */
	later: { unit: number; signal: UnitSignal }[] = [];
	#queue: Queued[] = [];

	constructor(setup: Setup, tables: Answering, network: Wire) {
		this.setup = setup;
		this.tables = tables;
		const { policy } = setup;
		const mergeQueue = setup.requester === 'github_merge_request';
		const host: HostState = {
			agent: tables.agent.initial({ marks: !mergeQueue }),
			block: tables.block.initial(undefined),
			command: tables.command.initial(undefined),
			call: tables.call.initial({ attempts: policy.call_attempts }),
			heartbeat: tables.heartbeat.initial(undefined),
		};
		this.hosts = setup.hosts.map(() => ({ ...host }));
		const { units, unitOf, groups, scheduled, versions } = shapeOf(setup);
		const { projects } = versionsOf(setup);
		const policies = units.map(({ project }) => projects[project]?.policy ?? heededOf(policy));
		this.tasks = unitOf.map((unit, task) => {
			const repaired = policies[unit]?.restart_system_failed === true;
			return tables.task.initial({ task, unit, mergeQueue, repaired });
		});
		this.units = units.map((unit, place) => {
			const { max_automatic_restarts: max = 0, execution_cap: cap = 0 } = policies[place] ?? {};
			return tables.unit.initial({ ...unit, max, cap, mergeQueue });
		});
		this.server = tables['app-server'].initial({
			hosts: setup.hosts.length,
			late: setup.hosts.flatMap((id, host) => (isLate(setup, id) ? [host] : [])),
			versions,
			groups: groups.map(({ tasks, hosts }) => ({ tasks, hosts })),
		});
		this.quotas = projects.map((project) => tables.quota.initial({ policy: project.policy }));
		this.network = network;
		this.ledger = new Ledger(setup);
		for (const [host, id] of setup.hosts.entries())
			if (isLate(setup, id)) this.signal(host, { to: 'agent', signal: { type: 'WAITS' } });
		for (const { unit, members } of units) {
			const tasks = members.filter((task) => scheduled.includes(task));
			this.signal('server', { to: 'unit', unit, signal: { type: 'SCHEDULE', tasks } });
		}
	}

	/** All that the machines are now, to be put back; no event may be under way. */
	snapshot(): CompositionSnapshot {
		const { hosts, tasks, units, server, quotas, minute, ledger } = this;
		return {
			hosts: hosts.map((host) => ({ ...host })),
			tasks: [...tasks],
			units: [...units],
			pages: ledger.snapshot(),
			quotas: [...quotas],
			...{ server, minute },
		};
	}

	putBack({ hosts, tasks, units, server, quotas, minute, pages }: CompositionSnapshot): void {
		for (const [place, host] of hosts.entries()) this.hosts[place] = { ...host };
		for (const [place, task] of tasks.entries()) this.tasks[place] = task;
		for (const [place, unit] of units.entries()) this.units[place] = unit;
		for (const [task, page] of pages.entries()) this.ledger.turnTo(task, page);
		this.server = server;
		for (const [project, quota] of quotas.entries()) this.quotas[project] = quota;
		this.minute = minute;
		this.reply = null;
		this.later = [];
	}

	/** What the agent of the host runs; null while there is nothing that it could. */
	programOn(host: number): Program | null {
		const state = this.hosts[host];
		if (state === undefined) return null;
		return programFor(this.setup, this.tables.agent.context(state.agent));
	}

	/** What an agent has to know of a task that it is given. */
	runOf(task: number | null): TaskRun | null {
		return task === null ? null : (programsOf(this.setup).runs[task] ?? null);
	}

	/** Delivers a signal and all that follow from it. */
	signal(side: Side, sent: SignalTo): void {
		this.reply = null;
		this.#queue.push({ side, sent });
		for (let place = 0; place < this.#queue.length; place++) {
			const queued = this.#queue[place];
			if (queued !== undefined) this.#deliver(queued.side, queued.sent);
		}
		this.#queue.length = 0;
	}

	/** The transactions that were put off: what they want done later still, they do at once. */
	carryOn(): void {
		const later = this.later;
		this.later = [];
		for (const { unit, signal } of later) this.signal('server', { to: 'unit', unit, signal });
	}

	#deliver(side: Side, sent: SignalTo): void {
		if (side === 'server') this.#deliverToServer(sent);
		else {
			const host = this.hosts[side];
			if (host !== undefined) this.#deliverToHost(side, host, sent);
		}
	}

	#deliverToServer(sent: SignalTo): void {
		switch (sent.to) {
			case 'task': {
				const row = this.tables.task.step(this.tasks[sent.task] ?? 0, sent.signal);
				this.tasks[sent.task] = row.next;
				return this.#effectsOnServer(row.effects, sent);
			}
			case 'unit': {
				const row = this.tables.unit.step(this.units[sent.unit] ?? 0, sent.signal);
				this.units[sent.unit] = row.next;
				return this.#effectsOnServer(row.effects, sent);
			}
			case 'quota': {
				const row = this.tables.quota.step(this.quotas[sent.project] ?? 0, sent.signal);
				this.quotas[sent.project] = row.next;
				return this.#effectsOnServer(row.effects, NOBODY);
			}
			case 'server': {
				const row = this.tables['app-server'].step(this.server, sent.signal);
				this.server = row.next;
				return this.#effectsOnServer(row.effects, NOBODY);
			}
		}
	}

	#deliverToHost(side: number, host: HostState, sent: SignalTo): void {
		switch (sent.to) {
			case 'agent': {
				const row = this.tables.agent.step(host.agent, sent.signal);
				host.agent = row.next;
				return this.#effectsOnHost(row.effects, side);
			}
			case 'block': {
				const row = this.tables.block.step(host.block, sent.signal);
				host.block = row.next;
				return this.#effectsOnHost(row.effects, side);
			}
			case 'command': {
				const row = this.tables.command.step(host.command, sent.signal);
				host.command = row.next;
				return this.#effectsOnHost(row.effects, side);
			}
			case 'call': {
				const row = this.tables.call.step(host.call, sent.signal);
				host.call = row.next;
				return this.#effectsOnHost(row.effects, side);
			}
			case 'heartbeat': {
				const row = this.tables.heartbeat.step(host.heartbeat, sent.signal);
				host.heartbeat = row.next;
				return this.#effectsOnHost(row.effects, side);
			}
		}
	}

	#effectsOnHost(effects: readonly Effect[], host: number): void {
		for (const effect of effects) this.#effectOnHost(effect, host);
	}

	#effectsOnServer(effects: readonly Effect[], speaker: Speaker): void {
		for (const effect of effects) this.#effectOnServer(effect, speaker);
	}

	#effectOnServer({ type, params }: Effect, { task, unit }: Speaker): void {
		switch (type) {
			case 'signal':
				this.#queue.push({ side: 'server', sent: params });
				return;
			case 'signalEach':
				for (const sent of params) this.#queue.push({ side: 'server', sent });
				return;
			case 'answer':
				this.reply = { ...params, ...this.#given(params.execution === null ? undefined : task) };
				return;
			case 'later':
				if (unit !== undefined) this.later.push({ unit, signal: params.signal });
				return;
			case 'record':
				if (task !== undefined) this.ledger.write(task, params.entry, this.minute);
				return;
			default:
				throw new RangeError(`the server does not ${type}`);
		}
	}

	/** What an answer says of the task that it gives, if it gives one. */
	#given(task: number | undefined): Pick<Reply, 'task' | 'restarts'> {
		if (task === undefined) return { task: null, restarts: 0 };
		if (this.runOf(task)?.group == null) return { task, restarts: 0 };
		const unit = shapeOf(this.setup).unitOf[task] ?? 0;
		return { task, restarts: this.tables.unit.context(this.units[unit] ?? 0).restarts };
	}

	#effectOnHost({ type, params }: Effect, host: number): void {
		switch (type) {
			case 'signal':
				this.#queue.push({ side: host, sent: params });
				return;
			case 'send':
				this.network.send(host, params.lane, params.call);
				return;
			case 'hangUp':
				this.network.hangUp(host, params.lane);
				return;
			case 'fetch': {
				const found = this.programOn(host)?.[params.block][params.index];
				this.#queue.push({
					side: host,
					sent: {
						to: 'block',
						signal:
							found === undefined
								? { type: 'NO_MORE' }
								: found.asks === true
									? { type: 'AUTO_RETRY' }
									: {
											type: 'COMMAND',
											flagged: found.flagged,
											failureType: found.type,
											background: found.background,
										},
					},
				});
				return;
			}
			default:
				throw new RangeError(`a host does not ${type}`);
		}
	}
}
