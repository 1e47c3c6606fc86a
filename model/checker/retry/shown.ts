import type { Moment } from '../../guarantees/guarantee.ts';
import { requestFlight } from '../../system/network.ts';
import { hostSeen, taskSeen } from '../../system/observe.ts';
import { ignoredFlags } from '../../system/program.ts';
import type { Message } from '../../vocabulary/message.ts';
import type {
	ExecutionRef,
	HostObservation,
	Observation,
	TaskObservation,
} from '../../vocabulary/observation.ts';
import type { View } from '../product.ts';
import { NOW } from './local.ts';
import { type Happened, hostPlace, QUOTA, type Scratch, SERVER, taskPlace } from './scratch.ts';

type Read = (component: number) => number;

const NO_MESSAGES: readonly Message[] = [];

/**
 * Steps of the checker as the guarantees see them: a moment whose observations are made of component
 * states, and only of those that a judge really looks at. Of the messages in flight a judge sees
 * those that the step took away or added: the others are the same before and after.
 */
export class Shown {
	readonly #scratch: Scratch;
	readonly #ignored: Observation['ignored_flags'];

	constructor(scratch: Scratch) {
		this.#scratch = scratch;
		this.#ignored = ignoredFlags(scratch.setup);
	}

	/** The observation of a state that is at rest, so to speak: with no message and no answer. */
	state(read: Read): Observation {
		const { setup } = this.#scratch;
		return this.#observation(read, {
			tasks: setup.tasks.map((_, task) => this.#task(read, task)),
			hosts: setup.hosts.map((_, host) => this.#host(read, host)),
		});
	}

	moment(happened: Happened, view: View): Moment {
		const { setup } = this.#scratch;
		const tasks = setup.tasks.map((_, task) => this.#task(view.before, task));
		const hosts = setup.hosts.map((_, host) => this.#host(view.before, host));
		const someTask = setup.tasks.some((_, task) => view.changed(taskPlace(task)));
		const someHost =
			someTask ||
			view.changed(SERVER) ||
			setup.hosts.some((_, host) => view.changed(hostPlace(setup, host)));
		const before = this.#observation(view.before, { tasks, hosts });
		const after = this.#observation(view.after, {
			tasks: someTask
				? tasks.map((task, place) =>
						view.changed(taskPlace(place)) ? this.#task(view.after, place) : task,
					)
				: tasks,
			hosts: someHost
				? hosts.map((host, place) =>
						this.#same(view, place) ? host : this.#host(view.after, place),
					)
				: hosts,
		});
		after.hour = NOW + happened.hours;
		after.answer = happened.answer;
		if (happened.hours > 0) this.#showSent(after, view);
		else if (happened.gone.length > 0 || happened.come.length > 0) {
			before.messages = happened.gone;
			after.messages = happened.come;
		}
		return { setup, event: happened.event, before, after };
	}

	/** While hours pass, calls may begin in several parts; they are seen by what their agents wait for. */
	#showSent(after: Observation, view: View): void {
		const { setup, local, tables } = this.#scratch;
		const sent = lazily(() =>
			setup.hosts.flatMap((_, host) => {
				const place = hostPlace(setup, host);
				if (!view.changed(place)) return [];
				const { call } = tables.call.context(local.host(view.after(place)).call);
				return call === null ? [] : [requestFlight(setup, host, 'call', call).message];
			}),
		);
		Object.defineProperty(after, 'messages', { get: sent, enumerable: true, configurable: true });
	}

	#observation(read: Read, parts: Pick<Observation, 'tasks' | 'hosts'>): Observation {
		const { tables } = this.#scratch;
		return {
			...parts,
			hour: NOW,
			messages: NO_MESSAGES,
			answer: null,
			ignored_flags: this.#ignored,
			get server() {
				return tables['app-server'].value(read(SERVER)) === 'up' ? 'up' : 'down';
			},
			get quota_used() {
				return tables.quota.context(read(QUOTA)).slots.length;
			},
		};
	}

	/** Whether a host looks as before: its machines, and the execution that the server has it down for. */
	#same(view: View, host: number): boolean {
		const { setup } = this.#scratch;
		if (view.changed(hostPlace(setup, host))) return false;
		const was = this.#assigned(view.before, host);
		const is = this.#assigned(view.after, host);
		if (was !== is) return false;
		if (was === null || !view.changed(taskPlace(was))) return true;
		return this.#execution(view.before, was) === this.#execution(view.after, was);
	}

	#assigned(read: Read, host: number): number | null {
		return this.#scratch.tables['app-server'].context(read(SERVER)).assigned[host] ?? null;
	}

	#execution(read: Read, task: number): number {
		const { tables, local } = this.#scratch;
		return tables.task.context(local.task(read(taskPlace(task))).snapshot).execution;
	}

	#task(read: Read, task: number): TaskObservation {
		const { setup, tables, local } = this.#scratch;
		const id = setup.tasks[task]?.id ?? '';
		return lookedAt({ id }, () => {
			const { snapshot, page } = local.task(read(taskPlace(task)));
			return taskSeen(setup, tables, task, snapshot, page);
		});
	}

	#host(read: Read, host: number): HostObservation {
		const { setup, tables, local } = this.#scratch;
		const id = setup.hosts[host] ?? '';
		const assigned = lazily((): ExecutionRef | null => {
			const task = this.#assigned(read, host);
			if (task === null) return null;
			return { task: setup.tasks[task]?.id ?? '', execution: this.#execution(read, task) };
		});
		return lookedAt({ id }, () => {
			const state = local.host(read(hostPlace(setup, host)));
			const seen = hostSeen(setup, tables, host, state, null);
			return Object.defineProperty({ ...seen }, 'assigned', { get: assigned, enumerable: true });
		});
	}
}

function lazily<Value>(make: () => Value): () => Value {
	let made: { value: Value } | null = null;
	return () => {
		made ??= { value: make() };
		return made.value;
	};
}

/** Something of which some facts are known, and all others are found out when one of them is looked at. */
function lookedAt<Whole extends object>(known: Partial<Whole>, find: () => Whole): Whole {
	const found = lazily(find);
	return new Proxy({} as Whole, {
		get: (_, key) =>
			Object.hasOwn(known, key) ? Reflect.get(known, key) : Reflect.get(found(), key),
		has: (_, key) => Reflect.has(found(), key),
		ownKeys: () => Reflect.ownKeys(found()),
		getOwnPropertyDescriptor: (_, key) => {
			const descriptor = Reflect.getOwnPropertyDescriptor(found(), key);
			return descriptor && { ...descriptor, configurable: true };
		},
	});
}
