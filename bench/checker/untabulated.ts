import {
	type AnyMachineSnapshot,
	type AnyStateMachine,
	type ContextFrom,
	type EventFrom,
	type InputFrom,
	initialTransition,
	type SnapshotFrom,
	type StateValue,
	transition,
} from 'xstate';
import type { Row } from '../../model/checker/engine/machines/tabulate.ts';
import { machines } from '../../model/machines/index.ts';
import { asEffect, type Effect } from '../../model/machines/signals.ts';
import type { Answering } from '../../model/system/tables.ts';

/** A machine that asks XState for every single step. Only snapshots are numbered, to tell them apart. */
class Untabulated<Machine extends AnyStateMachine> {
	readonly #machine: Machine;
	readonly #snapshots: AnyMachineSnapshot[] = [];
	readonly #ids = new Map<string, number>();

	constructor(machine: Machine) {
		this.#machine = machine;
	}

	initial(input: InputFrom<Machine>): number {
		const [snapshot] = initialTransition(this.#machine, input);
		return this.#id(snapshot);
	}

	step(id: number, signal: EventFrom<Machine>): Row<Effect> {
		const from = this.#snapshot(id) as SnapshotFrom<Machine>;
		const [snapshot, actions] = transition(this.#machine, from, signal);
		const effects = actions.map(({ type, params }) => {
			const effect = asEffect({ type, params });
			if (effect === null) throw new RangeError(`${this.#machine.id} runs "${type}"`);
			return effect;
		});
		return { next: this.#id(snapshot), effects, taken: [], uses: 1 };
	}

	value(id: number): StateValue {
		return this.#snapshot(id).value;
	}

	context(id: number): ContextFrom<Machine> {
		return this.#snapshot(id).context;
	}

	#snapshot(id: number): AnyMachineSnapshot {
		const snapshot = this.#snapshots[id];
		if (snapshot === undefined) throw new RangeError(`no snapshot ${id} of ${this.#machine.id}`);
		return snapshot;
	}

	#id(snapshot: AnyMachineSnapshot): number {
		const key = JSON.stringify([snapshot.value, snapshot.context]);
		let id = this.#ids.get(key);
		if (id === undefined) {
			id = this.#snapshots.push(snapshot) - 1;
			this.#ids.set(key, id);
		}
		return id;
	}
}

/** All machines, none of them tabulated. */
export const untabulated = (): Answering => ({
	command: new Untabulated(machines.command),
	block: new Untabulated(machines.block),
	agent: new Untabulated(machines.agent),
	call: new Untabulated(machines.call),
	heartbeat: new Untabulated(machines.heartbeat),
	'app-server': new Untabulated(machines['app-server']),
	task: new Untabulated(machines.task),
	unit: new Untabulated(machines.unit),
	quota: new Untabulated(machines.quota),
});
