import {
	type AnyMachineSnapshot,
	type AnyStateMachine,
	initialTransition,
	transition,
} from 'xstate';
import type { Parts, Send, Signal, System } from '../machines/communicating.ts';

/** What a search came to: distinct states, steps found, steps that the network had no room for. */
export interface Count {
	readonly states: number;
	readonly generated: number;
	readonly cut: number;
}

interface Message extends Send {
	readonly from: string;
}

/** A state in plain sight. */
interface World {
	readonly parts: { readonly [name: string]: AnyMachineSnapshot };
	readonly flights: readonly Message[];
	readonly left: { readonly [budget: string]: number };
}

/**
 * Counts the states of a system without the checker: XState is asked at every step, and a state is
 * what it reads as JSON. Slow, and short enough to be seen to be right.
 */
export function countNaively<All extends Parts>({ parts, network, budgets }: System<All>): Count {
	const machines: { [name: string]: AnyStateMachine } = {};
	const snapshots: { [name: string]: AnyMachineSnapshot } = {};
	for (const [name, { machine, input }] of Object.entries(parts)) {
		machines[name] = machine;
		snapshots[name] = initialTransition(machine, input)[0];
	}
	const { losses = 0, repeats = 0, replaces, capacity } = network;
	const first = { parts: snapshots, flights: [], left: { losses, repeats, ...budgets } };
	const seen = new Set([keyOf(first)]);
	const queue: World[] = [first];
	let generated = 0;
	let cut = 0;

	/** The world after something happened at the cost of a budget; null: nothing is left of it. */
	const spend = (world: World, budget: string | undefined): World | null => {
		if (budget === undefined) return world;
		const left = (world.left[budget] ?? 0) - 1;
		return left < 0 ? null : { ...world, left: { ...world.left, [budget]: left } };
	};
	const arrive = (world: World, to: string, signal: Signal): World => {
		const [machine, before] = [machines[to], world.parts[to]];
		if (machine === undefined || before === undefined) throw new RangeError(`no part ${to}`);
		const [after, actions] = transition(machine, before, signal);
		let flights = [...world.flights];
		for (const action of actions) {
			const params: unknown = action.params;
			const sent = { from: to, ...(params as Send) };
			if (replaces === true)
				flights = flights.filter((one) => one.from !== sent.from || one.to !== sent.to);
			flights.push(sent);
		}
		return { ...world, parts: { ...world.parts, [to]: after }, flights };
	};
	const met = (before: World, after: World): void => {
		if (after.flights.length > Math.max(capacity, before.flights.length)) {
			cut++;
			return;
		}
		generated++;
		const key = keyOf(after);
		if (seen.has(key)) return;
		seen.add(key);
		queue.push(after);
	};

	for (const world of queue) {
		for (const [name, { hears = [] }] of Object.entries(parts))
			for (const { signal, costs } of hears) {
				const paid = spend(world, costs);
				if (paid !== null && world.parts[name]?.can(signal)) met(world, arrive(paid, name, signal));
			}
		for (const [place, message] of world.flights.entries()) {
			const { to, signal } = message;
			const same = (one: Message) => JSON.stringify(one) === JSON.stringify(message);
			if (world.flights.findIndex(same) < place) continue;
			const without = { ...world, flights: world.flights.filter((_, at) => at !== place) };
			met(world, arrive(without, to, signal));
			const repeated = spend(world, 'repeats');
			if (repeated !== null) met(world, arrive(repeated, to, signal));
			const lost = spend(without, 'losses');
			if (lost !== null) met(world, lost);
		}
	}
	return { states: seen.size, generated, cut };
}

const keyOf = ({ parts, flights, left }: World): string =>
	JSON.stringify([
		Object.entries(parts).map(([name, { value, context }]) => [name, value, context]),
		flights.map((message) => JSON.stringify(message)).sort(),
		left,
	]);
