import type { HostState } from '../../../system/composition.ts';
import type { Page } from '../../../system/ledger.ts';
import type { Answering } from '../../../system/tables.ts';
import type { ArchivedExecution } from '../../../vocabulary/observation.ts';
import { HOUR, minutesOf } from '../../../vocabulary/setup.ts';
import { Interned } from '../../engine/memory/interned.ts';

/**
 * Every step begins at this minute, and times are kept as minutes before it: so it does not matter how
 * late it is, only how long ago things were. Beyond the longest window, longer ago is all the same.
 */
export const NOW = minutesOf('window_s') + HOUR;

/** A task as the checker keeps it: its machine, and its page in the ledger. */
export interface TaskState {
	readonly task: number;
	readonly snapshot: number;
	readonly page: Page;
}

/** A unit as the checker keeps it: its machine, its tasks, and the minutes that just passed. */
export interface UnitState {
	readonly snapshot: number;
	readonly members: readonly TaskState[];
	/** Minutes by which the step moved the clock; 0 once it is over. */
	readonly minutes: number;
}

/** More tasks than any setup has: numbers of two things are told by one. */
const MOST_TASKS = 2 ** 16;

/** The states of hosts and units that were met, each with a number of its own. */
export class Local {
	readonly #tables: Answering;
	readonly #waiting: number;
	readonly #hosts = new Interned<HostState>();
	readonly #tasks = new Interned<TaskState>();
	/** By page, which most steps leave as it is, and what else there is of a task: its number. */
	readonly #taskOf = new WeakMap<Page, Map<number, number>>();
	/** Units, with their tasks by number. */
	readonly #units = new Interned<
		readonly [snapshot: number, minutes: number, ...tasks: number[]]
	>();
	/** By unit. */
	readonly #told: UnitState[] = [];
	readonly #settled: number[] = [];

	constructor(tables: Answering) {
		this.#tables = tables;
		this.#waiting = tables.command.initial(undefined);
	}

	get bytes(): number {
		return this.#hosts.bytes + this.#tasks.bytes + this.#units.bytes;
	}

	host(id: number): HostState {
		return this.#hosts.value(id);
	}

	unit(id: number): UnitState {
		const known = this.#told[id];
		if (known !== undefined) return known;
		const [snapshot, minutes, ...tasks] = this.#units.value(id);
		const told = { snapshot, members: tasks.map((task) => this.#tasks.value(task)), minutes };
		this.#told[id] = told;
		return told;
	}

	/** A task of a unit. */
	task(id: number, task: number): TaskState {
		const found = this.unit(id).members.find((member) => member.task === task);
		if (found === undefined) throw new RangeError(`no task ${task} in this unit`);
		return found;
	}

	/** A command that does not run is as good as one that was never started: nothing reads how it ended. */
	hostId({ agent, block, command, call, heartbeat }: HostState): number {
		const runs = this.#tables.command.value(command) === 'running';
		return this.#hosts.id({
			agent,
			block,
			command: runs ? command : this.#waiting,
			call,
			heartbeat,
		});
	}

	unitId({ snapshot, members, minutes }: UnitState): number {
		return this.#units.id([snapshot, minutes, ...members.map((member) => this.#taskId(member))]);
	}

	#taskId({ task, snapshot, page }: TaskState): number {
		const known = this.#taskOf.get(page) ?? new Map<number, number>();
		const key = snapshot * MOST_TASKS + task;
		let id = known.get(key);
		if (id === undefined) {
			const { dispatchedAt, endedAt, history } = page;
			id = this.#tasks.id({ task, snapshot, page: { dispatchedAt, endedAt, history } });
			known.set(key, id);
			this.#taskOf.set(page, known);
		}
		return id;
	}

	/**
	 * What is kept of the tasks of a unit when a step is over: times as they look from the next step, and of an
	 * archived execution what later promises depend on: who started it, where, when, and whether its
	 * mark was granted. What else the archive says cannot change, since the ledger only appends.
	 */
	settleUnit(id: number): number {
		const known = this.#settled[id];
		if (known !== undefined) return known;
		const settled = this.#settle(id);
		this.#settled[id] = settled;
		return settled;
	}

	#settle(id: number): number {
		const { snapshot, members, minutes } = this.unit(id);
		const ago = (minute: number | null) => (minute === null ? null : Math.max(0, minute - minutes));
		return this.unitId({
			snapshot,
			minutes: 0,
			members: members.map(({ page, ...member }) => ({
				...member,
				page: {
					dispatchedAt: ago(page.dispatchedAt),
					endedAt: ago(page.endedAt),
					history: page.history.map((entry) => remembered(entry, ago)),
				},
			})),
		});
	}
}

const remembered = (
	entry: ArchivedExecution,
	ago: (minute: number | null) => number | null,
): ArchivedExecution => ({
	execution: entry.execution,
	started_by: entry.started_by,
	host: entry.host,
	dispatched_minute: ago(entry.dispatched_minute),
	ended_minute: ago(entry.ended_minute) ?? 0,
	mark: entry.mark === 'granted' ? 'granted' : 'none',
	aborted: false,
	details: { status: 'failed', type: null, description: '', timed_out: null },
});
