import { OUTCOMES, type Position, samePosition } from '../../model/vocabulary/command.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import type { HostObservation, Observation } from '../../model/vocabulary/observation.ts';
import type { TaskInstance } from '../../model/vocabulary/setup.ts';
import { Rest } from '../../model/vocabulary/stories/rest.ts';
import { dependenciesOf, type Structured } from '../../model/vocabulary/structure.ts';
import type { Way } from '../../reports/evidence/flag-evidence.ts';

const EXEC = 'timed-out-exec';

/** The flagged command that a story leads to. */
export interface Target {
	readonly instance: TaskInstance;
	readonly position: Position;
	readonly background: boolean;
	readonly way: Way;
}

/**
 * Leads a story to a flagged command, and there to what is to become of it: until then all goes well, but for tasks whose
 * failure is waited for on the way. What comes after is the story's coming to rest.
 */
export class Lead {
	readonly #target: Target;
	#calm = new Rest();
	/** Tasks that had ended when hosts were let ask anew. */
	#ended = 0;
	/** What is still to happen, in order. */
	#then: ((seen: Observation) => Event | 'later')[] = [];
	#left = false;
	#met = false;

	readonly #failing: ReadonlySet<string>;
	/** The execution of each task when it went as was wanted. */
	#before: ReadonlyMap<string, number> | undefined;

	constructor(target: Target, setup: Structured) {
		this.#target = target;
		this.#failing = failuresBefore(setup, target.instance.id);
	}

	/** Ids of tasks that a mark has restarted since it went as was wanted. To be asked after each event. */
	restarted({ tasks }: Observation): string[] {
		if (!this.arrived) return [];
		this.#before ??= new Map(tasks.map(({ id, execution }) => [id, execution]));
		const before = this.#before;
		return tasks
			.filter(
				({ id, started_by, execution }) =>
					started_by.by === 'mark' && execution > (before.get(id) ?? 0),
			)
			.map(({ id }) => id);
	}

	/** Whether it went as was wanted. */
	get arrived(): boolean {
		return this.#met && this.#then.length === 0;
	}

	next(seen: Observation): Event | null {
		const [follows] = this.#then;
		if (follows !== undefined) {
			const event = follows(seen);
			if (event !== 'later') {
				this.#then.shift();
				return event;
			}
		} else if (this.#met) return null;
		else {
			const met = this.#meet(seen);
			if (met !== null) return met;
		}
		return (
			this.#failAwaited(seen) ?? this.#calm.next(seen) ?? this.#goOn(seen) ?? this.#leaveGroup(seen)
		);
	}

	#meet(seen: Observation): Event | null {
		const { position, background, way } = this.#target;
		for (const host of seen.hosts) {
			const { doing, id } = host;
			if (doing.kind !== 'running') continue;
			if (!this.#isThere(host)) continue;
			const isMet = background
				? host.background.some((one) => samePosition(one, position))
				: samePosition(doing.position, position);
			if (!isMet) {
				// Nothing but a time-out leads to that block.
				if (position.block !== 'timeout' || !OUTCOMES[doing.position.block].includes(EXEC))
					continue;
				return { kind: 'command-ends', host: id, outcome: EXEC };
			}
			this.#met = true;
			const task = host.execution?.task ?? '';
			if (way === 'aborted') {
				this.#then = [() => ({ kind: 'heartbeat-sent', host: id })];
				return { kind: 'user-aborts', task };
			}
			if (way === 'fails, then aborted')
				this.#then = [
					({ tasks }) =>
						tasks.some((one) => one.id === task && one.mark === 'granted')
							? { kind: 'user-aborts', task }
							: 'later',
				];
			if (background) return { kind: 'background-fails', host: id, position };
			const limit = OUTCOMES[position.block].includes(EXEC) ? EXEC : 'timed-out-block';
			return { kind: 'command-ends', host: id, outcome: way === 'times out' ? limit : 'failed' };
		}
		return null;
	}

	#failAwaited({ hosts }: Observation): Event | null {
		for (const { id, doing, execution } of hosts)
			if (
				doing.kind === 'running' &&
				doing.position.block === 'main' &&
				this.#failing.has(execution?.task ?? '')
			)
				return { kind: 'command-ends', host: id, outcome: 'failed' };
		return null;
	}

	/** Blocks of a group run for whichever member comes first, or for none. */
	#isThere({ execution, group }: HostObservation): boolean {
		const { instance, position } = this.#target;
		if (position.block === 'setup_group' || position.block === 'teardown_group')
			return group?.group === instance.group && group?.variant === instance.variant;
		return execution?.task === instance.id;
	}

	/** At rest a host asks once; here it asks again after each task that it was given. */
	#goOn(seen: Observation): Event | null {
		const ended = seen.tasks.filter(({ ended_minute }) => ended_minute !== null).length;
		if (ended <= this.#ended) return null;
		this.#ended = ended;
		this.#calm = new Rest();
		return this.#calm.next(seen);
	}

	/** A host that gets nothing to do leaves its group. */
	#leaveGroup({ hosts }: Observation): Event | null {
		if (this.#left || this.#target.position.block !== 'teardown_group') return null;
		const host = hosts.find(({ group, doing }) => group !== null && doing.kind === 'idle');
		if (host === undefined) return null;
		this.#left = true;
		return { kind: 'host-asks', host: host.id };
	}
}

/** Tasks that have to fail before a task can run, by way of others too. */
function failuresBefore(setup: Structured, id: string): ReadonlySet<string> {
	const waits = dependenciesOf(setup);
	const failing = new Set<string>();
	const seen = new Set<number>();
	const pending = [setup.tasks.findIndex((task) => task.id === id)];
	for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
		if (seen.has(at)) continue;
		seen.add(at);
		for (const { task, status } of waits[at] ?? []) {
			const awaited = setup.tasks[task];
			if (status === 'failed' && awaited !== undefined) failing.add(awaited.id);
			pending.push(task);
		}
	}
	return failing;
}
