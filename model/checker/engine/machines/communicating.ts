import type { AnyStateMachine, ContextFrom, EventObject, InputFrom, StateValue } from 'xstate';
import { Interned } from '../memory/interned.ts';
import type { Demand, NetworkStep, Observer, Outcome, Product, Rule } from '../product/product.ts';
import { type ReadEffect, Table } from './tabulate.ts';

/** What machines tell each other: a type, and plain data. */
export interface Signal extends EventObject {
	readonly [fact: string]: unknown;
}

/** A signal to another part: the parameters of a machine's action `send`. */
export interface Send {
	readonly to: string;
	readonly signal: Signal;
}

/** A machine at work in a system. It may do nothing but `assign` and `send`. */
export interface Part {
	readonly machine: AnyStateMachine;
	readonly input?: unknown;
	/** What may come from outside whenever the machine takes it. */
	readonly hears?: readonly Outside[];
}

/** A signal from outside; it may come without end, and is fair, unless it costs one of a budget. */
export interface Outside {
	readonly signal: Signal;
	readonly costs?: string;
}

export type Parts = { readonly [Name in string]: Part };

/** How signals travel from part to part. */
export interface Network {
	/** Most messages in flight; what would exceed it is cut off. */
	readonly capacity: number;
	/** How many messages may be lost. */
	readonly losses?: number;
	/** How often a message may arrive and yet stay in flight. */
	readonly repeats?: number;
	/**
	 * A message takes the place of the one before it on the same way, which is lost: so none ever
	 * overtakes another. Without it, messages arrive in any order.
	 */
	readonly replaces?: boolean;
}

/** The parts of a system as promises and demands see them: only what is looked at counts. */
export interface Seen<All extends Parts> {
	value(part: keyof All & string): StateValue;
	context<Name extends keyof All & string>(part: Name): ContextFrom<All[Name]['machine']>;
}

/** What must be so in every state, or at every step: for that it may look at the state before. */
export interface Promised<All extends Parts> {
	readonly id: string;
	/** Null, or one sentence on what was promised and is seen instead. */
	broken(after: Seen<All>, before: Seen<All>): string | null;
}

/** What must not be owed for ever. */
export interface Owed<All extends Parts> {
	readonly id: string;
	/** Null, or one sentence on what is owed. */
	owed(seen: Seen<All>, inFlight: () => number): string | null;
}

/** Machines that send each other signals over a faulty network, and what is promised of them. */
export interface System<All extends Parts> {
	readonly parts: All;
	readonly network: Network;
	/** How often what costs something may happen. */
	readonly budgets?: { readonly [Name in string]: number };
	readonly promises?: readonly Promised<All>[];
	readonly demands?: readonly Owed<All>[];
}

/** A system that cannot be explored, and why. */
export class SystemError extends Error {
	override name = 'SystemError';
}

/** A system as a product that the checker explores; its steps are told in words. */
export function communicating<const All extends Parts>(system: System<All>): Product<string> {
	return new Communicating(system);
}

/** A signal on its way. */
interface Message extends Send {
	readonly from: string;
}

interface Member extends Part {
	readonly name: string;
	readonly place: number;
	readonly table: Table<AnyStateMachine, Send>;
}

const LOSSES = 0;
const REPEATS = 1;

class Communicating<All extends Parts> implements Product<string> {
	readonly components: readonly string[];
	readonly initial: readonly number[];
	readonly budgets: Product<string>['budgets'];
	readonly capacity: number;
	readonly rules: readonly Rule<string>[];
	readonly observers: readonly Observer<string>[];
	readonly demands: readonly Demand[];
	readonly #network: Network;
	readonly #members: readonly Member[];
	readonly #messages = new Interned<Message>();

	constructor({ parts, network, budgets = {}, promises = [], demands = [] }: System<All>) {
		this.#network = network;
		this.#members = members(parts);
		this.components = this.#members.map(({ name }) => name);
		this.initial = this.#members.map(({ table, input }) => table.initial(input));
		this.budgets = Object.entries({
			losses: network.losses ?? 0,
			repeats: network.repeats ?? 0,
			...budgets,
		}).map(([name, amount]) => ({ name, amount }));
		this.capacity = network.capacity;
		this.rules = this.#members.flatMap((member) => this.#fromOutside(member));
		this.observers = promises.map((promise) => this.#observer(promise));
		this.demands = demands.map(({ id, owed }) => ({
			id,
			owed: (look) =>
				owed(
					this.#seen((place) => look.state(place)),
					() => look.inFlight(),
				),
		}));
	}

	/** A message may arrive at its receiver, for good or to arrive again, or be lost. */
	deliveries(id: number): readonly Rule<string>[] {
		const message = this.#messages.value(id);
		const receiver = this.#member(message.to);
		const { losses = 0, repeats = 0 } = this.#network;
		const arrives = `${message.to} gets ${told(message.signal)} from ${message.from}`;
		const take: NetworkStep = { take: id };
		const delivery: Rule<string> = {
			reads: [receiver.place],
			ask: ([state = 0]) => {
				const { next, effects } = receiver.table.step(state, message.signal);
				const sent = effects.flatMap((effect) => this.#send(receiver.name, effect));
				const writes = [next];
				const once = { label: arrives, writes, network: [take, ...sent] };
				const again = { label: `${arrives}, to get it again`, writes, network: sent };
				return repeats > 0 ? [once, { ...again, cost: REPEATS }] : [once];
			},
		};
		if (losses === 0) return [delivery];
		const lost = `${told(message.signal)} from ${message.from} to ${message.to} is lost`;
		const loss = { label: lost, writes: [], network: [take], cost: LOSSES };
		return [delivery, { reads: [], ask: () => [loss] }];
	}

	#fromOutside({ name, place, table, hears = [] }: Member): Rule<string>[] {
		const costs = hears.map(({ costs }) =>
			costs === undefined ? {} : { cost: this.#cost(costs) },
		);
		const hear = (state: number): Outcome<string>[] =>
			hears.flatMap(({ signal }, index) => {
				const { next, effects, taken } = table.step(state, signal);
				if (taken.length === 0) return [];
				const network = effects.flatMap((effect) => this.#send(name, effect));
				return [
					{ label: `${name} hears ${told(signal)}`, writes: [next], network, ...costs[index] },
				];
			});
		return hears.length === 0 ? [] : [{ reads: [place], ask: ([state = 0]) => hear(state) }];
	}

	/** What a signal that is sent does to the network. */
	#send(from: string, { to, signal }: Send): NetworkStep[] {
		this.#member(to);
		const add = { add: this.#messages.id({ from, to, signal }) };
		if (this.#network.replaces !== true) return [add];
		const elsewhere = (id: number): boolean => {
			const before = this.#messages.value(id);
			return before.from !== from || before.to !== to;
		};
		const clear = { name: `${from} > ${to}`, each: (id: number) => (elsewhere(id) ? id : null) };
		return [clear, add];
	}

	#observer({ id, broken }: Promised<All>): Observer<string> {
		const state = this.#seen((place) => this.initial[place] ?? 0);
		const sentence = broken(state, state);
		if (sentence !== null)
			throw new SystemError(`"${id}" is broken before anything happens: ${sentence}`);
		return {
			id,
			memory: null,
			step: (memory, _, view) => ({
				memory,
				exercised: true,
				broken: broken(
					this.#seen((place) => view.after(place)),
					this.#seen((place) => view.before(place)),
				),
			}),
		};
	}

	#seen(state: (place: number) => number): Seen<All> {
		return {
			value: (name) => {
				const { table, place } = this.#member(name);
				return table.value(state(place));
			},
			context: (name) => {
				const { table, place } = this.#member(name);
				return table.context(state(place));
			},
		};
	}

	#member(name: string): Member {
		const member = this.#members.find((one) => one.name === name);
		if (member === undefined) throw new SystemError(`no part is called "${name}"`);
		return member;
	}

	#cost(name: string): number {
		const cost = this.budgets.findIndex((budget) => budget.name === name);
		if (cost < 0) throw new SystemError(`no budget is called "${name}"`);
		return cost;
	}
}

/** Parts with the same machine share its table. */
function members(parts: Parts): Member[] {
	const tables = new Map<AnyStateMachine, Table<AnyStateMachine, Send>>();
	return Object.entries(parts).map(([name, part], place) => {
		const table = tables.get(part.machine) ?? new Table(part.machine, asSend);
		tables.set(part.machine, table);
		return { ...part, name, place, table };
	});
}

const asSend: ReadEffect<Send> = ({ type, params }) =>
	type === 'send' && isSend(params) ? params : null;

const isSend = (params: unknown): params is Send =>
	typeof params === 'object' && params !== null && 'to' in params && 'signal' in params;

/** A signal in words: its type, and what it carries. */
function told({ type, ...carried }: Signal): string {
	const facts = Object.entries(carried).map(([name, fact]) => `${name} ${JSON.stringify(fact)}`);
	return facts.length === 0 ? type : `${type} (${facts.join(', ')})`;
}

/** A part of a system; its input is that of its machine. */
export const part = <Machine extends AnyStateMachine>(
	machine: Machine,
	input: InputFrom<Machine>,
	hears: readonly Outside[] = [],
): { machine: Machine; input: InputFrom<Machine>; hears: readonly Outside[] } => ({
	machine,
	input,
	hears,
});
