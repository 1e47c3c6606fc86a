import { ROOT } from '../memory/states.ts';
import { SUCCESSOR_BREAKS, SUCCESSOR_KEY } from '../memory/successor.ts';
import { INCOMPLETE, OUTGROWN } from './expander.ts';
import type { Exploration } from './explore.ts';

/** The steps from the first state to a state, as short as any; by way of other states where `ways` says so. */
export function pathTo<Label>(
	exploration: Exploration<Label>,
	state: number,
	ways?: ReadonlyMap<number, number>,
): Label[] {
	const { states } = exploration;
	const chain: number[] = [];
	for (let at = state; at !== ROOT; at = ways?.get(at) ?? states.parents[at] ?? ROOT)
		chain.push(at);
	chain.reverse();
	return chain.slice(1).map((to, place) => stepBetween(exploration, chain[place] ?? 0, to));
}

/** The label of a step that leads from one state to another. */
export function stepBetween<Label>(
	exploration: Exploration<Label>,
	from: number,
	to: number,
): Label {
	const { states, expander, tables } = exploration;
	const { words, width } = states;
	const found = expander.expand(words, from * width);
	if (found === INCOMPLETE || found === OUTGROWN)
		throw new RangeError('the tables are not complete');
	for (let at = 0; at < found * expander.stride; at += expander.stride) {
		if (expander.out[at + width + SUCCESSOR_BREAKS] === 1) continue;
		if (states.find(expander.out, at) === to)
			return tables.labels.value(expander.out[at + width + SUCCESSOR_KEY] ?? -1);
	}
	throw new RangeError(`no step leads from state ${from} to ${to}`);
}
