import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CORE, FIRST } from '../memory/place.ts';
import { Tables } from '../tables/tables.ts';
import { countersProduct, type Edge, graphProduct } from '../testing/graph.ts';
import { explore } from './explore.ts';
import { pathTo, stepBetween } from './path.ts';

const LARGE = { memory: 1e8 };

/** States, steps and depths of a graph, found by going through it step by step. */
function search(edges: readonly Edge[], budget: number) {
	const depths = new Map([[`0 ${budget}`, 0]]);
	let generated = 0;
	for (const [key, depth] of depths) {
		const [node = 0, left = 0] = key.split(' ').map(Number);
		for (const { from, to, costs } of edges) {
			if (from !== node || (costs && left === 0)) continue;
			generated++;
			const next = `${to} ${costs ? left - 1 : left}`;
			if (!depths.has(next)) depths.set(next, depth + 1);
		}
	}
	return { states: depths.size, generated, depths };
}

const node = fc.nat(400);
const edges = fc.array(fc.record({ from: fc.nat(8), to: node, costs: fc.boolean() }), {
	maxLength: 40,
});
const graphs = edges.map((some) =>
	some.flatMap((edge) => [edge, { ...edge, from: edge.to, to: edge.from }]),
);

describe('an exploration', () => {
	test('finds the states and steps of any graph, each state by a shortest path that replays', () => {
		fc.assert(
			fc.property(graphs, fc.nat(3), (graph, budget) => {
				const exploration = explore(new Tables(graphProduct(graph, budget)), LARGE);
				const { states, generated, ending, expander } = exploration;
				const { depths, ...counts } = search(graph, budget);
				expect({ states: states.count, generated }).toEqual(counts);
				expect(ending).toBe('complete');
				for (let state = 0; state < states.count; state++) {
					const path = pathTo(exploration, state);
					let at = '0';
					for (const step of path) {
						const [from, to] = step.split(' > ');
						expect(from).toBe(at);
						at = to ?? '';
					}
					expander.unpack(states.words, state * states.width);
					const places = exploration.tables.cores.unfold(expander.before);
					expect(at).toBe(String(places[FIRST]));
					const left = expander.before[0] ?? 0;
					expect(path).toHaveLength(depths.get(`${at} ${left}`) ?? -1);
				}
			}),
			{ numRuns: 60 },
		);
	});

	test('packs its states anew when numbers outgrow their bits, and loses none', () => {
		const exploration = explore(new Tables(countersProduct(300)), LARGE);
		const { ending, states, generated, depth, layout } = exploration;
		expect({ ending, states: states.count, generated, depth }).toEqual({
			ending: 'complete',
			states: 90_000,
			generated: 180_000,
			depth: 598,
		});
		expect(layout.mask[CORE]).toBeGreaterThanOrEqual(89_999);
		expect(pathTo(exploration, states.count - 1)).toHaveLength(598);
	});

	test('begins where it is told to', () => {
		const chain = [0, 1, 2, 3].map((from) => ({ from, to: from + 1, costs: false }));
		const tables = new Tables(graphProduct(chain));
		const [budget = 0, network = 0, memory = 0] = tables.initial;
		const { states } = explore(tables, LARGE, () => {}, [budget, network, memory, 3]);
		expect(states.count).toBe(2);
	});

	test('ends out of memory at the most states, or the most bytes, and keeps what it has', () => {
		const few = explore(new Tables(countersProduct(100)), { ...LARGE, states: 1000 });
		expect([few.ending, few.states.count]).toEqual(['out of memory', 1000]);
		const tables = new Tables(countersProduct(300));
		const small = explore(tables, { memory: 1_050_000 });
		expect(small.ending).toBe('out of memory');
		expect(small.states.count).toBeGreaterThan(5000);
		expect(small.states.bytes).toBeLessThan(500_000);
		expect(small.states.bytes + tables.bytes).toBeLessThan(1_500_000);
	});

	test('is complete if there is room for just as many states as there are', () => {
		const { ending, states } = explore(new Tables(countersProduct(20)), { ...LARGE, states: 400 });
		expect([ending, states.count]).toEqual(['complete', 400]);
	});

	test('is stopped when it is asked to, and tells how far it came', () => {
		const reported: number[] = [];
		const { ending, states } = explore(
			new Tables(countersProduct(300)),
			{ ...LARGE, stop: () => true },
			(progress) => reported.push(progress.states, progress.waiting, progress.depth),
		);
		expect(ending).toBe('stopped');
		expect(states.count).toBeLessThan(90_000);
		const [count, waiting = 0] = reported;
		expect([count, reported.length]).toEqual([states.count, 3]);
		// It is asked after so many states, or earlier where they take long.
		expect(waiting).toBeLessThan(states.count);
		expect(waiting).toBeGreaterThanOrEqual(states.count - 16_384);
	});
});

describe('a path', () => {
	test('has no step where none leads', () => {
		const exploration = explore(
			new Tables(graphProduct([{ from: 0, to: 1, costs: false }])),
			LARGE,
		);
		expect(pathTo(exploration, 0)).toEqual([]);
		expect(stepBetween(exploration, 0, 1)).toBe('0 > 1');
		expect(() => stepBetween(exploration, 1, 0)).toThrow('no step leads from state 1 to 0');
	});
});
