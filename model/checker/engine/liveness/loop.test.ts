import { expect, test, vi } from 'vitest';
import { explore, inOneGo } from '../explore/explore.ts';
import { FIRST } from '../memory/place.ts';
import { Tables } from '../tables/tables.ts';
import { graphProduct } from '../testing/graph.ts';
import { loopFrom } from './loop.ts';

/** The loop from a node of a graph, told in nodes. A step that costs something is written with a `$`. */
function loopIn(steps: readonly string[], from = 0) {
	const edges = steps.map((step) => {
		const [, a, b] = /^(\d)\$?>(\d)$/.exec(step) ?? [];
		return { from: Number(a), to: Number(b), costs: step.includes('$') };
	});
	const exploration = explore(new Tables(graphProduct(edges)), { memory: 1e6 });
	const { states, expander, tables } = exploration;
	const nodeOf = (state: number): number => {
		expander.unpack(states.words, state * states.width);
		return tables.cores.unfold(expander.before)[FIRST] ?? -1;
	};
	const start = Array.from({ length: states.count }, (_, state) => state).find(
		(state) => nodeOf(state) === from,
	);
	const found = inOneGo(loopFrom(exploration, start ?? -1));
	return found === null ? null : { ...found, state: nodeOf(found.state) };
}

test('a loop is told with the steps that lead into it and the state in which it begins', () => {
	expect(loopIn(['0>1', '1>2', '2>3', '3>2'])).toEqual({
		stem: ['0 > 1', '1 > 2'],
		state: 2,
		loop: ['2 > 3', '3 > 2'],
	});
});

test('a loop that can be left for good is none: a fair run leaves it', () => {
	expect(loopIn(['0>1', '1>0', '1>2', '2>2'])).toEqual({
		stem: ['0 > 1', '1 > 2'],
		state: 2,
		loop: ['2 > 2'],
	});
});

test('a step that costs something leads out of no loop: it may never be taken', () => {
	expect(loopIn(['0>1', '1>0', '1$>2'])).toEqual({
		stem: [],
		state: 0,
		loop: ['0 > 1', '1 > 0'],
	});
});

test('where nothing happens any more there is a stem, and the loop is empty', () => {
	expect(loopIn(['0>1', '1>2', '1>1', '1$>0'])).toEqual({
		stem: ['0 > 1', '1 > 2'],
		state: 2,
		loop: [],
	});
});

test('it is entered by a shortest way from the state that is asked about', () => {
	const steps = ['0>1', '1>2', '2>3', '3>4', '4>3', '1>4', '0$>2'];
	expect(loopIn(steps)).toEqual({
		stem: ['0 > 1', '1 > 4'],
		state: 4,
		loop: ['4 > 3', '3 > 4'],
	});
	expect(loopIn(steps, 2)).toEqual({
		stem: ['2 > 3'],
		state: 3,
		loop: ['3 > 4', '4 > 3'],
	});
});

test('a long search gives others a turn, again and again', () => {
	const nodes = 200;
	const chain = Array.from({ length: nodes }, (_, from) => ({ from, to: from + 1, costs: false }));
	const last = { from: nodes, to: nodes, costs: false };
	const exploration = explore(new Tables(graphProduct([...chain, last])), { memory: 1e6 });
	let now = 0;
	const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
		now += 1000;
		return now;
	});
	const looked: number[] = [];
	const found = inOneGo(loopFrom(exploration, 0), (count) => looked.push(count));
	clock.mockRestore();
	expect(found?.stem).toHaveLength(nodes);
	// Into the bottom of the graph, and then for the way to it.
	expect(looked.length).toBeGreaterThan(2 * (nodes / 16) - 4);
});
