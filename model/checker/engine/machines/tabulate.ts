import {
	type AnyActorScope,
	type AnyMachineSnapshot,
	type AnyStateMachine,
	type AnyStateNode,
	type AnyTransitionDefinition,
	type ContextFrom,
	createActor,
	type EventFrom,
	type InputFrom,
	initialTransition,
	type SnapshotFrom,
	type StateValue,
} from 'xstate';

/** Reads an action (its name and parameters, nothing else of XState's) as an effect; null: it is none. */
export type ReadEffect<Effect> = (action: { type: string; params: unknown }) => Effect | null;

/** What a machine does in one snapshot on one signal. */
export interface Row<Effect> {
	readonly next: number;
	readonly effects: readonly Effect[];
	/** Places of the transitions taken in `Table.transitions`; empty if the signal is ignored. */
	readonly taken: readonly number[];
	/** How often the row was used since the table was made. */
	uses: number;
}

/** A transition of a machine, as it stands in its definition. */
export interface TransitionName {
	readonly source: string;
	readonly event: string;
	readonly guard: string | null;
	readonly target: string | null;
}

/** A machine that cannot be tabulated: it is not a pure function of snapshot and signal. */
export class ImpureMachineError extends Error {
	override name = 'ImpureMachineError';
}

interface Entry<Effect> {
	readonly snapshot: AnyMachineSnapshot;
	/** By the signal itself if it is frozen, and by what it says. */
	readonly rows: Map<unknown, Row<Effect>>;
}

/** Most snapshots kept; beyond it the table forgets all but its counts and starts again. */
const CAPACITY = 200_000;

/**
 * A machine as a table that fills itself: XState is asked once for each pair of snapshot and
 * signal, and the answer is kept. Snapshots are small integers; nothing is re-implemented.
 *
 * @throws ImpureMachineError for machines with delays, invoked actors, transitions without a signal
 * (always, onDone), signals that they tell themselves (raise), or actions that are not data.
 */
export class Table<Machine extends AnyStateMachine, Effect> {
	readonly transitions: readonly TransitionName[];
	readonly #machine: Machine;
	readonly #scope: Scope;
	readonly #places = new Map<AnyTransitionDefinition, number>();
	readonly #counts: number[];
	readonly #capacity: number;
	readonly #readEffect: ReadEffect<Effect>;
	#entries: Entry<Effect>[] = [];
	#ids = new Map<string, number>();
	#initial = new Map<string, number>();

	constructor(machine: Machine, read: ReadEffect<Effect>, capacity = CAPACITY) {
		this.#machine = machine;
		this.#scope = scopeOf(machine);
		this.#readEffect = read;
		this.#capacity = capacity;
		const names: TransitionName[] = [];
		for (const node of nodesOf(machine.root)) {
			if (node.invoke.length > 0)
				throw new ImpureMachineError(`${node.id} invokes an actor; machines must be pure`);
			if ((node.always ?? []).length > 0)
				throw new ImpureMachineError(
					`${node.id} moves on without a signal (always); such a transition cannot be counted`,
				);
			for (const [event, list] of node.transitions)
				for (const definition of list) {
					this.#refuseRaise(node, definition.actions);
					if (event.startsWith('xstate.done'))
						throw new ImpureMachineError(
							`${node.id} moves on when a part of it is done (onDone); such a transition cannot be counted`,
						);
					if (event.startsWith('xstate.after'))
						throw new ImpureMachineError(
							`${node.id} waits by itself (after); time must be a signal`,
						);
					this.#places.set(definition, names.length);
					names.push(nameOf(node, event, definition));
				}
			this.#refuseRaise(node, [...node.entry, ...node.exit]);
		}
		this.transitions = names;
		this.#counts = names.map(() => 0);
	}

	/** XState itself would hear a raised signal in the same step, and what it takes then would not be counted. */
	#refuseRaise(node: AnyStateNode, actions: readonly unknown[]): void {
		const { implementations } = this.#machine;
		for (const action of actions) {
			const name = typeOf(action);
			const meant = name === null ? action : (Reflect.get(implementations.actions, name) ?? action);
			if (typeOf(meant) === RAISE)
				throw new ImpureMachineError(
					`${node.id} tells itself a signal (raise); what follows from it cannot be counted`,
				);
		}
	}

	/** The id of the snapshot in which the machine begins with this input. */
	initial(input: InputFrom<Machine>): number {
		const key = JSON.stringify(input) ?? '';
		let id = this.#initial.get(key);
		if (id === undefined) {
			const [snapshot, actions] = initialTransition(this.#machine, input);
			if (actions.length > 0)
				throw new ImpureMachineError(`${this.#machine.id} acts before it hears anything`);
			id = this.#intern(snapshot);
			this.#initial.set(key, id);
		}
		return id;
	}

	/** What the machine does; the same row each time. */
	step(id: number, signal: EventFrom<Machine>): Row<Effect> {
		const entry = this.#entry(id);
		let row = entry.rows.get(signal);
		if (row === undefined) {
			const key = JSON.stringify(signal);
			row = entry.rows.get(key) ?? this.#ask(entry, signal);
			entry.rows.set(key, row);
			// Signals that machines utter come again and again as the same frozen object.
			if (Object.isFrozen(signal)) entry.rows.set(signal, row);
		}
		row.uses++;
		return row;
	}

	#ask(entry: Entry<Effect>, signal: EventFrom<Machine>): Row<Effect> {
		const from = entry.snapshot as SnapshotFrom<Machine>;
		const taken = this.#machine
			.getTransitionData(from, signal)
			.map((definition) => this.#places.get(definition) ?? -1);
		const { scope, actions } = this.#scope;
		actions.length = 0;
		const snapshot = this.#machine.transition(from, signal, scope);
		return {
			next: this.#intern(snapshot),
			effects: actions.map((action) => frozen(this.#read(action))),
			taken,
			uses: 0,
		};
	}

	value(id: number): StateValue {
		return this.#entry(id).snapshot.value;
	}

	context(id: number): ContextFrom<Machine> {
		return this.#entry(id).snapshot.context;
	}

	get size(): number {
		return this.#entries.length;
	}

	/** How often each of `transitions` was taken. */
	counts(): number[] {
		const counts = [...this.#counts];
		for (const entry of this.#entries)
			for (const row of new Set(entry.rows.values()))
				for (const place of row.taken) counts[place] = (counts[place] ?? 0) + row.uses;
		return counts;
	}

	/** Counts what another table of the same machine took as taken here. */
	add(counts: readonly number[]): void {
		for (const [place, count] of counts.entries())
			this.#counts[place] = (this.#counts[place] ?? 0) + count;
	}

	/** Whether the table should start again before the next run. */
	get full(): boolean {
		return this.#entries.length > this.#capacity;
	}

	/** Forgets snapshots and rows; counts are kept. */
	startAgain(): void {
		const counts = this.counts();
		for (const [place, count] of counts.entries()) this.#counts[place] = count;
		this.#entries = [];
		this.#ids = new Map();
		this.#initial = new Map();
	}

	#entry(id: number): Entry<Effect> {
		const entry = this.#entries[id];
		if (entry === undefined) throw new RangeError(`no snapshot ${id} of ${this.#machine.id}`);
		return entry;
	}

	#intern(snapshot: AnyMachineSnapshot): number {
		const key = JSON.stringify([snapshot.value, snapshot.context]);
		let id = this.#ids.get(key);
		if (id === undefined) {
			id = this.#entries.length;
			this.#entries.push({ snapshot, rows: new Map() });
			this.#ids.set(key, id);
		}
		return id;
	}

	#read({ type, params }: { type: string; params?: unknown }): Effect {
		const effect = type.startsWith('xstate.') ? null : this.#readEffect({ type, params });
		if (effect === null)
			throw new ImpureMachineError(
				`${this.#machine.id} runs "${type}"; only actions that are data can be tabulated`,
			);
		return effect;
	}
}

/** Where a machine acts in no system: what it would do is written down. */
interface Scope {
	readonly scope: AnyActorScope;
	readonly actions: { type: string; params: unknown }[];
}

/**
 * `transition()` of XState makes an actor, and its first snapshot, for each call: half of the time that it takes. An
 * actor that spawns none is never changed by a transition, so one does for all.
 */
function scopeOf(machine: AnyStateMachine): Scope {
	const self = createActor(machine);
	const actions: Scope['actions'] = [];
	const nothing = (): void => {};
	const scope: AnyActorScope = {
		self,
		id: self.id,
		sessionId: self.sessionId,
		system: self.system,
		logger: nothing,
		defer: nothing,
		emit: nothing,
		stopChild: nothing,
		actionExecutor: ({ type, params }) => actions.push({ type, params }),
	};
	return { scope, actions };
}

const RAISE = 'xstate.raise';

/** The type of an action: it is its own name, or stands on what it was made into. */
function typeOf(action: unknown): string | null {
	if (typeof action === 'string') return action;
	if ((typeof action !== 'object' && typeof action !== 'function') || action === null) return null;
	const type: unknown = Reflect.get(action, 'type');
	return typeof type === 'string' ? type : null;
}

/** Freezes data through and through. */
function frozen<Data>(data: Data): Data {
	if (typeof data === 'object' && data !== null && !Object.isFrozen(data)) {
		Object.freeze(data);
		for (const part of Object.values(data)) frozen(part);
	}
	return data;
}

function* nodesOf(node: AnyStateNode): Generator<AnyStateNode> {
	yield node;
	for (const child of Object.values(node.states)) yield* nodesOf(child);
}

function nameOf(
	node: AnyStateNode,
	event: string,
	definition: AnyTransitionDefinition,
): TransitionName {
	const { guard } = definition;
	return {
		source: node.id,
		event,
		guard: typeof guard === 'string' ? guard : guard === undefined ? null : '(unnamed)',
		target: definition.target?.[0]?.id ?? null,
	};
}
