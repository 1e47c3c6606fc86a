import {
	type AwaitedStatus,
	awaitedName,
	awaitedStatus,
	type Dependency,
} from '../../model/vocabulary/dependency.ts';
import type { Held } from '../../model/vocabulary/observation.ts';
import type { TaskRecord } from './store.ts';
import { hasEnded, isPending, unitOf } from './task-state.ts';

/** What a dependent sees of a task that it waits for: how it ended, or why it will not run; else *open*. */
export type Sight = 'success' | 'failed' | 'inactive' | 'blocked' | 'open';

/** A task that somebody waits for. */
export interface Awaited {
	readonly task: TaskRecord;
	readonly held: Held | null;
	/** It is of another unit than the dependent, and that unit is about to restart. */
	readonly restarts: boolean;
}

/** S16: who is about to restart automatically neither blocks nor releases a dependent. */
export function sightOf({ task, held, restarts }: Awaited): Sight {
	if (restarts) return 'open';
	if (task.status === 'success' || task.status === 'failed') return task.status;
	return held === 'inactive' || held === 'blocked' ? held : 'open';
}

/** What a wait comes to: `*` is had of any end, and of a task that is blocked (lifecycle 1.1, `Task.Blocked`). */
function prospectOf(wanted: AwaitedStatus, sight: Sight): Held | null {
	switch (sight) {
		case 'open':
			return 'waiting';
		case 'inactive':
			return 'blocked';
		case 'blocked':
			return wanted === '*' ? null : 'blocked';
		default:
			return wanted === '*' || wanted === sight ? null : 'blocked';
	}
}

/** Looks at tasks as they are at one moment, and tells which of the undispatched ones cannot be dispatched. */
export class Dependents {
	readonly #find: (id: string) => TaskRecord | undefined;
	readonly #sightOf: (awaited: Awaited) => Sight;
	readonly #held = new Map<string, Held | null>();

	constructor(find: (id: string) => TaskRecord | undefined, sight = sightOf) {
		this.#find = find;
		this.#sightOf = sight;
	}

	/** Why a task cannot be dispatched, if it is undispatched. */
	heldOf(task: TaskRecord): Held | null {
		if (task.status !== 'undispatched') return null;
		if (!task.activated) return 'inactive';
		if (task.place === null) return null;
		const known = this.#held.get(task.id);
		if (known !== undefined) return known;
		const prospects = new Set(task.place.depends_on.map((wait) => this.#prospect(task, wait)));
		const isBlocked = prospects.has('blocked');
		const waits = task.awaits_restart || prospects.has('waiting');
		const held = isBlocked ? 'blocked' : waits ? 'waiting' : null;
		this.#held.set(task.id, held);
		return held;
	}

	#prospect(dependent: TaskRecord, wait: Dependency): Held | null {
		const sight = this.#see(dependent, this.#known(awaitedName(wait)));
		return prospectOf(awaitedStatus(wait), sight);
	}

	#see(dependent: TaskRecord, task: TaskRecord): Sight {
		const unit = unitOf(task);
		const restarts = !unit.includes(dependent.id) && unit.some((id) => this.#isPending(id));
		return this.#sightOf({ task, held: hasEnded(task) ? null : this.heldOf(task), restarts });
	}

	#isPending(id: string): boolean {
		return isPending(this.#known(id));
	}

	#known(id: string): TaskRecord {
		const task = this.#find(id);
		if (task === undefined) throw new Error(`there is no task "${id}" to wait for`);
		return task;
	}
}
