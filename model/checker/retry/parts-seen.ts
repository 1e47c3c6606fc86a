import { hostSeen, taskSeen } from '../../system/model-observer.ts';
import { requestFlight } from '../../system/network.ts';
import type { Message } from '../../vocabulary/message.ts';
import type {
	ExecutionRef,
	HostObservation,
	TaskObservation,
} from '../../vocabulary/observation.ts';
import type { DisplayTask } from '../../vocabulary/setup.ts';
import { hostPlace, type Sandbox, SERVER, taskPlace } from './sandbox/sandbox.ts';

/** The state of a component. */
export type Read = (component: number) => number;

/** How tasks and hosts look in the states of components; each is found once. */
export class PartsSeen {
	readonly #sandbox: Sandbox;
	/** The component of each task, and of each host. */
	readonly #taskPlaces: readonly number[];
	readonly #hostPlaces: readonly number[];
	/** By task and state of its unit. */
	readonly #tasks: TaskObservation[][];
	/** By host and state, but for the execution that the server has it down for. */
	readonly #hosts: HostObservation[][];

	constructor(sandbox: Sandbox) {
		this.#sandbox = sandbox;
		const { setup } = sandbox;
		this.#taskPlaces = setup.tasks.map((_, task) => taskPlace(setup, task));
		this.#hostPlaces = setup.hosts.map((_, host) => hostPlace(setup, host));
		this.#tasks = setup.tasks.map(() => []);
		this.#hosts = setup.hosts.map(() => []);
	}

	task(read: Read, task: number): TaskObservation {
		const id = read(this.#taskPlaces[task] ?? 0);
		const kept = this.#tasks[task] ?? [];
		let seen = kept[id];
		if (seen === undefined) {
			const { setup, tables, local } = this.#sandbox;
			const { snapshot, page } = local.task(id, task);
			seen = taskSeen(setup, tables, task, snapshot, local.unit(id).snapshot, page);
			kept[id] = seen;
		}
		return seen;
	}

	/** Which execution of a task is the live one. */
	execution(read: Read, task: number): number {
		const { tables, local } = this.#sandbox;
		const id = read(this.#taskPlaces[task] ?? 0);
		return tables.task.context(local.task(id, task).snapshot).execution;
	}

	/** How often a display task was restarted. */
	restarts(read: Read, { execution_tasks: [first] }: DisplayTask): number {
		const { setup, tables, local } = this.#sandbox;
		const member = setup.tasks.findIndex(({ id }) => id === first);
		const id = read(this.#taskPlaces[member] ?? 0);
		return tables.unit.context(local.unit(id).snapshot).restarts;
	}

	/** But for the execution that the server has it down for. */
	host(read: Read, host: number): HostObservation {
		const id = read(this.#hostPlaces[host] ?? 0);
		const kept = this.#hosts[host] ?? [];
		let seen = kept[id];
		if (seen === undefined) {
			const { setup, tables, local } = this.#sandbox;
			seen = hostSeen(setup, tables, host, local.host(id), null);
			kept[id] = seen;
		}
		return seen;
	}

	/** The task that the server has a host down for. */
	assigned(read: Read, host: number): number | null {
		return this.#sandbox.tables['app-server'].context(read(SERVER)).assigned[host] ?? null;
	}

	/** The execution that the server has a host down for. */
	assignedExecution(read: Read, host: number): ExecutionRef | null {
		const task = this.assigned(read, host);
		if (task === null) return null;
		const id = this.#sandbox.setup.tasks[task]?.id ?? '';
		return { task: id, execution: this.execution(read, task) };
	}

	/** The request that an agent waits to be answered. */
	sent(read: Read, host: number): Message[] {
		const { setup, local, tables } = this.#sandbox;
		const { call } = tables.call.context(local.host(read(this.#hostPlaces[host] ?? 0)).call);
		return call === null ? [] : [requestFlight(setup, host, 'call', call).message];
	}
}
