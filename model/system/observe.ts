import type {
	Answer,
	Doing,
	HostObservation,
	Observation,
	TaskObservation,
	TaskStatus,
} from '../vocabulary/observation.ts';
import type { Composition, HostState } from './composition.ts';
import { type Page, startedBy } from './ledger.ts';
import { ignoredFlags } from './program.ts';

const STATUS: Record<string, TaskStatus> = {
	'"undispatched"': 'undispatched',
	'{"inProgress":"dispatched"}': 'dispatched',
	'{"inProgress":"started"}': 'started',
	'{"ended":"success"}': 'success',
	'{"ended":"failed"}': 'failed',
};

/** A part of the last observation, and the snapshots it was made of. */
interface KeptTask {
	readonly snapshot: number;
	readonly page: Page;
	readonly seen: TaskObservation;
}

interface KeptHost {
	readonly state: HostState;
	readonly assigned: TaskObservation | undefined;
	readonly seen: HostObservation;
}

/** Shows what the machines of a composition are doing. A part in which nothing changed is the same object again. */
export class Observer {
	readonly #composition: Composition;
	readonly #ignored: Observation['ignored_flags'];
	readonly #tasks: (KeptTask | undefined)[] = [];
	readonly #hosts: (KeptHost | undefined)[] = [];

	constructor(composition: Composition) {
		this.#composition = composition;
		this.#ignored = ignoredFlags(composition.setup);
	}

	observe(answer: Answer | null): Observation {
		const { setup, tables, network, hour, server, quota } = this.#composition;
		const tasks = setup.tasks.map((_, task) => this.#task(task));
		return {
			hour,
			server: tables['app-server'].value(server) === 'up' ? 'up' : 'down',
			tasks,
			hosts: setup.hosts.map((_, host) => this.#host(host, tasks)),
			messages: network.seen,
			quota_used: tables.quota.context(quota).slots.length,
			answer,
			ignored_flags: this.#ignored,
		};
	}

	#task(task: number): TaskObservation {
		const snapshot = this.#composition.tasks[task] ?? 0;
		const page = this.#composition.ledger.page(task);
		const kept = this.#tasks[task];
		if (kept?.snapshot === snapshot && kept.page === page) return kept.seen;
		const seen = this.#makeTask(task, snapshot, page);
		this.#tasks[task] = { snapshot, page, seen };
		return seen;
	}

	#makeTask(task: number, snapshot: number, page: Page): TaskObservation {
		const { setup, tables } = this.#composition;
		const id = setup.tasks[task]?.id ?? '';
		const context = tables.task.context(snapshot);
		const status = STATUS[JSON.stringify(tables.task.value(snapshot))];
		if (status === undefined) throw new RangeError(`task ${id} has no status`);
		return {
			id,
			status,
			execution: context.execution,
			started_by: startedBy(context.startedBy, id, context.execution),
			secret: context.execution,
			host: context.host === null ? null : (setup.hosts[context.host] ?? null),
			aborted: context.aborted,
			mark: context.mark,
			restart_pending: context.pending,
			automatic_restarts: context.used,
			dispatched_at: page.dispatchedAt,
			ended_at: page.endedAt,
			details: context.details,
			history: page.history,
		};
	}

	#host(host: number, tasks: readonly TaskObservation[]): HostObservation {
		const { tables, server, hosts } = this.#composition;
		const state = hosts[host];
		if (state === undefined) throw new RangeError(`no host ${host}`);
		const task = tables['app-server'].context(server).assigned[host] ?? null;
		const assigned = task === null ? undefined : tasks[task];
		const kept = this.#hosts[host];
		if (
			kept !== undefined &&
			kept.assigned?.id === assigned?.id &&
			kept.assigned?.execution === assigned?.execution &&
			kept.state.agent === state.agent &&
			kept.state.block === state.block &&
			kept.state.command === state.command &&
			kept.state.call === state.call
		)
			return kept.seen;
		const seen = this.#makeHost(host, state, assigned);
		this.#hosts[host] = { state: { ...state }, assigned, seen };
		return seen;
	}

	#makeHost(
		host: number,
		state: HostState,
		assigned: TaskObservation | undefined,
	): HostObservation {
		const { setup, tables } = this.#composition;
		const { task, execution, posted } = tables.agent.context(state.agent);
		const program = this.#composition.programOn(host);
		const { background } = tables.block.context(state.block);
		return {
			id: setup.hosts[host] ?? '',
			agent: tables.agent.value(state.agent) === 'dead' ? 'dead' : 'alive',
			execution:
				task === null || execution === null
					? null
					: { task: setup.tasks[task]?.id ?? '', execution },
			doing: this.#doing(host, state),
			background: background.flatMap(({ block, index }) => {
				const found = program?.[block][index];
				return found === undefined ? [] : [found.position];
			}),
			posted:
				posted === null
					? null
					: {
							status: posted.status,
							...(posted.type === undefined ? {} : { type: posted.type }),
							should_continue: posted.should_continue,
						},
			assigned:
				assigned === undefined ? null : { task: assigned.id, execution: assigned.execution },
		};
	}

	#doing(host: number, state: HostState): Doing {
		const { tables } = this.#composition;
		const { call, sent } = tables.call.context(state.call);
		if (call !== null) return { kind: 'calling', route: call.route, sent };
		if (tables.command.value(state.command) !== 'running') return { kind: 'idle' };
		const { block, index } = tables.block.context(state.block);
		const found = block === null ? undefined : this.#composition.programOn(host)?.[block][index];
		if (found === undefined) throw new RangeError('a command runs that no program holds');
		return { kind: 'running', position: found.position };
	}
}
