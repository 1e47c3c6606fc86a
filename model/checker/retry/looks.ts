import { shapeOf } from '../../system/shape.ts';
import type { PartsSeen } from './parts-seen.ts';
import { hostPlace, type Sandbox, unitAt } from './sandbox/sandbox.ts';

/** Which states of a component cannot be told apart by who looks at them. */
export class Looks {
	readonly #sandbox: Sandbox;
	readonly #parts: PartsSeen;
	/** By component: the first state that looked so. */
	readonly #firsts: Map<string, number>[] = [];
	/** By component and state. */
	readonly #lookOf: number[][] = [];

	constructor(sandbox: Sandbox, parts: PartsSeen) {
		this.#sandbox = sandbox;
		this.#parts = parts;
	}

	/** The first state of a unit or a host that looked as this one does; of what else there is, the state itself. */
	look(component: number, state: number): number {
		const known = this.#lookOf[component] ?? [];
		this.#lookOf[component] = known;
		const look = known[state] ?? this.#find(component, state);
		known[state] = look;
		return look;
	}

	#find(component: number, state: number): number {
		const { setup } = this.#sandbox;
		const unit = unitAt(setup, component);
		const host = component - hostPlace(setup, 0);
		if (unit === null && setup.hosts[host] === undefined) return state;
		const seen = unit === null ? this.#host(state, host) : this.#unit(state, unit);
		const key = JSON.stringify(seen);
		const firsts = this.#firsts[component] ?? new Map<string, number>();
		this.#firsts[component] = firsts;
		const first = firsts.get(key) ?? state;
		if (first === state) firsts.set(key, state);
		return first;
	}

	#host(state: number, host: number): unknown[] {
		return [this.#parts.host(() => state, host), this.#parts.sent(() => state, host)];
	}

	#unit(state: number, unit: number): unknown[] {
		const { setup } = this.#sandbox;
		const members = shapeOf(setup).units[unit]?.members ?? [];
		const displays = (setup.display_tasks ?? []).filter(({ execution_tasks: [first] }) =>
			members.some((task) => setup.tasks[task]?.id === first),
		);
		return [
			...members.map((task) => this.#parts.task(() => state, task)),
			...displays.map((display) => this.#parts.restarts(() => state, display)),
		];
	}
}
