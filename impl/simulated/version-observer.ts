import type { Observation, TaskObservation } from '../../model/vocabulary/observation.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { versionsOf } from '../../model/vocabulary/versions.ts';
import { displayTaskOf, type Shows, versionStatusOf } from '../server/display-task.ts';
import { type Member, RULES } from '../server/rules.ts';
import { Dependents } from '../store/dependents.ts';
import type { ArchivedRecord, TaskRecord } from '../store/store.ts';
import { firstMember, unitOf } from '../store/task-state.ts';
import { TaskObserver, type TaskSeen } from './task-observer.ts';

/** Where records are looked up. */
export interface Records {
	committedTask(id: string): TaskRecord | undefined;
	committedHistory(task: string): readonly ArchivedRecord[];
}

/** Looks at the tasks of a setup, which tell of one another: what they wait for, and what they restart with. */
export class VersionObserver {
	readonly #setup: Setup;
	readonly #rules: Shows;
	readonly #tasks: ReadonlyMap<string, TaskObserver>;

	/** `rules`: what the app server shows of several tasks is its own decision. */
	constructor(setup: Setup, rules: Partial<Shows> = {}) {
		this.#setup = setup;
		this.#rules = { ...RULES, ...rules };
		this.#tasks = new Map(setup.tasks.map(({ id }) => [id, new TaskObserver()]));
	}

	snapshot(): readonly TaskSeen[] {
		return Array.from(this.#tasks.values(), (task) => task.snapshot());
	}

	putBack(tasks: readonly TaskSeen[]): void {
		let place = 0;
		for (const task of this.#tasks.values()) {
			const seen = tasks[place++];
			if (seen !== undefined) task.putBack(seen);
		}
	}

	see(
		records: Records,
	): Pick<Observation, 'tasks' | 'display_tasks' | 'version' | 'other_versions'> {
		const dependents = new Dependents((id) => records.committedTask(id));
		const { tasks, display_tasks = [] } = this.#setup;
		return {
			tasks: tasks.map(({ id }) => this.#seeTask(records, dependents, id)),
			display_tasks: display_tasks.map(({ id, execution_tasks: [first = ''] }) =>
				displayTaskOf(
					id,
					unitOf(known(records, first)).map((member) => asMember(records, dependents, member)),
					(member) => asMember(records, dependents, member),
					this.#rules,
				),
			),
			...this.#seeVersions(tasks.map(({ id }) => asMember(records, dependents, id))),
		};
	}

	#seeTask(records: Records, dependents: Dependents, id: string): TaskObservation {
		const observer = this.#tasks.get(id);
		if (observer === undefined) throw new RangeError(`no task "${id}"`);
		const task = known(records, id);
		const { automatic_restarts, restart_asked } = known(records, firstMember(task));
		const surroundings = { held: dependents.heldOf(task), automatic_restarts, restart_asked };
		return observer.see(task, records.committedHistory(id), surroundings);
	}

	#seeVersions(members: readonly Member[]): Pick<Observation, 'version' | 'other_versions'> {
		const { projects, versions } = versionsOf(this.#setup);
		const [version = 'created', ...other_versions] = versions.map(({ id, project: place }) => {
			const project = projects[place]?.id ?? '';
			const shown = members.filter(({ task }) => this.#rules.isShownIn(task, { id, project }));
			return versionStatusOf(shown, this.#rules);
		});
		return other_versions.length === 0 ? { version } : { version, other_versions };
	}
}

function known(records: Records, id: string): TaskRecord {
	const task = records.committedTask(id);
	if (task === undefined) throw new Error(`no task "${id}"`);
	return task;
}

function asMember(records: Records, dependents: Dependents, id: string): Member {
	const task = known(records, id);
	return { task, held: dependents.heldOf(task) };
}
