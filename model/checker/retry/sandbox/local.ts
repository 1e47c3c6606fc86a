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

/** The states of hosts and units that were met, each with a number of its own. */
export class Local {
	readonly #tables: Answering;
	readonly #waiting: number;
	readonly #hosts = new Interned<HostState>();
	readonly #tasks = new Interned<TaskState>();
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
		const tasks = members.map(({ task, snapshot: own, page: { dispatchedAt, endedAt, history } }) =>
			this.#tasks.id({ task, snapshot: own, page: { dispatchedAt, endedAt, history } }),
		);
		return this.#units.id([snapshot, minutes, ...tasks]);
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
