import type { Moment } from '../../guarantees/guarantee.ts';
import { requestFlight } from '../../system/network.ts';
import { displaySeen, hostSeen, taskSeen } from '../../system/observe.ts';
import { ignoredFlags } from '../../system/program.ts';
import { shapeOf } from '../../system/shape.ts';
import type { Message } from '../../vocabulary/message.ts';
import type {
	DisplayTaskObservation,
	ExecutionRef,
	HostObservation,
	Observation,
	TaskObservation,
} from '../../vocabulary/observation.ts';
import type { DisplayTask } from '../../vocabulary/setup.ts';
import type { View } from '../engine/product/product.ts';
import { NOW } from './local.ts';
import {
	type Happened,
	hostPlace,
	QUOTA,
	type Scratch,
	SERVER,
	taskPlace,
	unitAt,
	unitPlace,
} from './scratch.ts';

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
	readonly #tasks: TaskObservation[][];
	readonly #hosts: HostObservation[][];
	readonly #was: Side;
	readonly #is: Side;
	/** By which hosts or tasks look as before: the list of the others and those. */
	readonly #mixed = new Map<string, readonly unknown[]>();
	/** By component: the first state that looked so. */
	readonly #looks: Map<string, number>[] = [];
	/** By component and state. */
	readonly #lookOf: number[][] = [];
	#view: View = { changed: () => false, before: () => 0, after: () => 0 };
	readonly #before: Read = (component) => this.#view.before(component);
	readonly #after: Read = (component) => this.#view.after(component);

	constructor(scratch: Scratch) {
		this.#scratch = scratch;
		this.#ignored = ignoredFlags(scratch.setup);
		this.#tasks = scratch.setup.tasks.map(() => []);
		this.#hosts = scratch.setup.hosts.map(() => []);
		this.#was = this.#side(this.#before);
		this.#is = this.#side(this.#after);
	}

	/** A state as it is seen, without messages and answer. */
	state(read: Read): Observation {
		return this.#observation(read, this.#side(read));
	}

	/** A number for how a unit or a host looks: two states that cannot be told apart have the same. */
	look(component: number, state: number): number {
		const known = this.#lookOf[component] ?? [];
		this.#lookOf[component] = known;
		const look = known[state] ?? this.#findLook(component, state);
		known[state] = look;
		return look;
	}

	#findLook(component: number, state: number): number {
		const { setup } = this.#scratch;
		const read = () => state;
		const host = component - hostPlace(setup, 0);
		const unit = unitAt(setup, component);
		if (unit === null && host < 0) return state;
		const key = JSON.stringify(
			unit === null
				? [this.#host(read, host), this.#sent(host, state)]
				: this.#unit(read, shapeOf(setup).units[unit]?.members ?? []),
		);
		const looks = this.#looks[component] ?? new Map<string, number>();
		this.#looks[component] = looks;
		const known = looks.get(key);
		if (known === undefined) looks.set(key, state);
		return known ?? state;
	}

	/** All that is to be seen of a unit. */
	#unit(read: Read, members: readonly number[]): unknown[] {
		const { setup } = this.#scratch;
		const displays = (setup.display_tasks ?? []).filter(({ execution_tasks: [first] }) =>
			members.some((task) => setup.tasks[task]?.id === first),
		);
		return [
			...members.map((task) => this.#task(read, task)),
			...displays.map((display) => this.#restarts(read, display)),
		];
	}

	/** A step as it is seen, until the next one is asked for. */
	moment(happened: Happened, view: View): Moment {
		this.#view = view;
		const { setup } = this.#scratch;
		const before = this.#observation(this.#before, this.#was);
		const after = this.#observation(this.#after, this.#is);
		after.tasks = this.#mix(this.#was.tasks, this.#is.tasks, 'tasks', (task) =>
			view.changed(taskPlace(setup, task)),
		);
		after.hosts = this.#mix(this.#was.hosts, this.#is.hosts, 'hosts', (host) =>
			this.#looksOther(host),
		);
		after.hour = NOW + happened.hours;
		after.answer = happened.answer;
		if (happened.hours > 0) this.#showSent(after, view);
		else if (happened.gone.length > 0 || happened.come.length > 0) {
			before.messages = happened.gone;
			after.messages = happened.come;
		}
		return { setup, event: happened.event, before, after };
	}

	/** What looks as before is the same object again. */
	#mix<Item>(was: Item[], is: Item[], what: string, other: (place: number) => boolean): Item[] {
		let name = what;
		for (let place = 0; place < was.length; place++) if (other(place)) name += ` ${place}`;
		if (name === what) return was;
		const known = this.#mixed.get(name);
		if (known !== undefined) return known as Item[];
		const mixed = was.map((item, place) => (other(place) ? (is[place] ?? item) : item));
		this.#mixed.set(name, mixed);
		return mixed;
	}

	/** While hours pass, calls may begin in several parts; they are seen by what their agents wait for. */
	#showSent(after: Observation, view: View): void {
		const { setup } = this.#scratch;
		const sent = (): readonly Message[] =>
			setup.hosts.flatMap((_, host) => {
				const place = hostPlace(setup, host);
				return view.changed(place) ? this.#sent(host, view.after(place)) : [];
			});
		Object.defineProperty(after, 'messages', { get: sent, enumerable: true, configurable: true });
	}

	/** The request that an agent waits to be answered. */
	#sent(host: number, state: number): Message[] {
		const { setup, local, tables } = this.#scratch;
		const { call } = tables.call.context(local.host(state).call);
		return call === null ? [] : [requestFlight(setup, host, 'call', call).message];
	}

	#observation(read: Read, { tasks, displays, hosts }: Side): Observation {
		const { tables } = this.#scratch;
		return {
			tasks,
			display_tasks: displays,
			hosts,
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

	/** Whether a host looks other than before: by its machines, or by the execution that the server has it down for. */
	#looksOther(host: number): boolean {
		const view = this.#view;
		const { setup } = this.#scratch;
		if (view.changed(hostPlace(setup, host))) return true;
		if (
			!view.changed(SERVER) &&
			!shapeOf(setup).units.some(({ unit }) => view.changed(unitPlace(unit)))
		)
			return false;
		const was = this.#assigned(this.#before, host);
		const is = this.#assigned(this.#after, host);
		if (was !== is) return true;
		if (was === null || !view.changed(taskPlace(setup, was))) return false;
		return this.#execution(this.#before, was) !== this.#execution(this.#after, was);
	}

	#assigned(read: Read, host: number): number | null {
		return this.#scratch.tables['app-server'].context(read(SERVER)).assigned[host] ?? null;
	}

	#execution(read: Read, task: number): number {
		const { setup, tables, local } = this.#scratch;
		return tables.task.context(local.task(read(taskPlace(setup, task)), task).snapshot).execution;
	}

	#side(read: Read): Side {
		const { setup } = this.#scratch;
		const tasks = setup.tasks.map(({ id }, task) => lookedAt({ id }, () => this.#task(read, task)));
		return {
			tasks,
			displays: (setup.display_tasks ?? []).map((display) =>
				lookedAt({ id: display.id }, () =>
					displaySeen(display, tasks, this.#restarts(read, display)),
				),
			),
			hosts: setup.hosts.map((id, host) => {
				const assigned = () => this.#ref(read, host);
				return lookedAt({ id }, () => this.#host(read, host), { assigned });
			}),
		};
	}

	#ref(read: Read, host: number): ExecutionRef | null {
		const task = this.#assigned(read, host);
		if (task === null) return null;
		return {
			task: this.#scratch.setup.tasks[task]?.id ?? '',
			execution: this.#execution(read, task),
		};
	}

	#task(read: Read, task: number): TaskObservation {
		const { setup, tables, local } = this.#scratch;
		const id = read(taskPlace(setup, task));
		const kept = this.#tasks[task] ?? [];
		let seen = kept[id];
		if (seen === undefined) {
			const { snapshot, page } = local.task(id, task);
			seen = taskSeen(setup, tables, task, snapshot, local.unit(id).snapshot, page);
			kept[id] = seen;
		}
		return seen;
	}

	#restarts(read: Read, { execution_tasks: [first] }: DisplayTask): number {
		const { setup, tables, local } = this.#scratch;
		const member = setup.tasks.findIndex(({ id }) => id === first);
		return tables.unit.context(local.unit(read(taskPlace(setup, member))).snapshot).restarts;
	}

	/** But for the execution that the server has it down for. */
	#host(read: Read, host: number): HostObservation {
		const { setup, tables, local } = this.#scratch;
		const id = read(hostPlace(setup, host));
		const kept = this.#hosts[host] ?? [];
		let seen = kept[id];
		if (seen === undefined) {
			seen = hostSeen(setup, tables, host, local.host(id), null);
			kept[id] = seen;
		}
		return seen;
	}
}

interface Side {
	readonly tasks: TaskObservation[];
	readonly displays: DisplayTaskObservation[];
	readonly hosts: HostObservation[];
}

/**
 * Something of which some facts are known, and the others are found whenever one of them is looked
 * at; some facts are found in ways of their own.
 */
function lookedAt<Whole extends object>(
	known: Partial<Whole>,
	find: () => Whole,
	apart: { readonly [Key in keyof Whole]?: () => Whole[Key] } = {},
): Whole {
	const value = (key: string | symbol): unknown => {
		if (Object.hasOwn(known, key)) return Reflect.get(known, key);
		const own: unknown = Reflect.get(apart, key);
		return typeof own === 'function' ? own() : Reflect.get(find(), key);
	};
	return new Proxy({} as Whole, {
		get: (_, key) => value(key),
		has: (_, key) => Reflect.has(find(), key),
		ownKeys: () => Reflect.ownKeys(find()),
		getOwnPropertyDescriptor: (_, key) =>
			Reflect.has(find(), key)
				? { value: value(key), enumerable: true, configurable: true, writable: true }
				: undefined,
	});
}
