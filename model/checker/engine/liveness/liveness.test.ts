import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explore } from '../explore/explore.ts';
import { FIRST } from '../memory/place.ts';
import type { Demand } from '../product/product.ts';
import { Tables } from '../tables/tables.ts';
import { type Edge, graphProduct } from '../testing/graph.ts';
import { judgeLiveness } from './liveness.ts';

const NODES = 7;
const node = fc.nat(NODES - 1);
const graphs = fc.record({
	edges: fc.array(fc.record({ from: node, to: node, costs: fc.boolean() }), { maxLength: 14 }),
	owing: fc.array(fc.subarray([...Array(NODES).keys()]), { minLength: 1, maxLength: 4 }),
	budget: fc.nat(2),
});

const owes = (nodes: readonly number[], index = 0): Demand => ({
	id: `demand ${index}`,
	owed: (look) => (nodes.includes(look.state(0)) ? `Owed in ${look.state(0)}.` : null),
});

/** Which nodes can be reached from a node by free steps, itself included. */
function reach(edges: readonly Edge[], from: number): Set<number> {
	const reached = new Set([from]);
	for (const at of reached)
		for (const edge of edges) if (edge.from === at && !edge.costs) reached.add(edge.to);
	return reached;
}

/** The nodes of strongly connected parts that free steps never leave: there a fair run ends up. */
const ends = (edges: readonly Edge[], from: number): number[][] =>
	[...reach(edges, from)].flatMap((at) => {
		const part = [...reach(edges, at)];
		return part.every((other) => reach(edges, other).has(at)) ? [part] : [];
	});

/** Whether a fair run from a node must leave it owed for ever: it is owed all over every part it may end in. */
const owedForEver = (edges: readonly Edge[], from: number, owing: readonly number[]): boolean =>
	owing.includes(from) &&
	[...reach(edges, from)].every((at) => owing.includes(at)) &&
	ends(edges, from).every((part) => part.every((at) => owing.includes(at)));

/** Whether a fair run may end in a part that owes all over. */
const mayOwe = (edges: readonly Edge[], from: number, owing: readonly number[]): boolean =>
	ends(edges, from).some((part) => part.every((at) => owing.includes(at)));

describe('liveness', () => {
	test('is judged as by the strongly connected parts in which fair runs end', () => {
		let found = 0;
		fc.assert(
			fc.property(graphs, ({ edges, owing, budget }) => {
				const demands = owing.map(owes);
				const exploration = explore(new Tables(graphProduct(edges, budget, demands)), {
					memory: 1e6,
				});
				const { states, expander, tables } = exploration;
				const nodes = Array.from({ length: states.count }, (_, state) => {
					expander.unpack(states.words, state * states.width);
					return tables.cores.unfold(expander.before)[FIRST] ?? 0;
				});
				const { lassos, exercised } = judgeLiveness(exploration, demands);
				for (const [index, demand] of demands.entries()) {
					const owed = owing[index] ?? [];
					const lasso = lassos.find((one) => one.demand === demand);
					expect(lasso !== undefined).toBe(nodes.some((at) => mayOwe(edges, at, owed)));
					expect(lasso?.state ?? -1).toBe(nodes.findIndex((at) => owedForEver(edges, at, owed)));
					expect(exercised[index]).toBe(nodes.some((at) => owed.includes(at)));
					if (lasso === undefined) continue;
					found++;
					expect(lasso.sentence).toBe(`Owed in ${nodes[lasso.state]}.`);
				}
			}),
			{ seed: 1, numRuns: 300 },
		);
		expect(found).toBeGreaterThan(50);
	});

	test('does not rely on what costs something: it may never happen again', () => {
		const demands = [owes([0])];
		const judged = (costs: boolean) => {
			const tables = new Tables(graphProduct([{ from: 0, to: 1, costs }], 1, demands));
			return judgeLiveness(explore(tables, { memory: 1e6 }), demands).lassos.map(
				({ state }) => state,
			);
		};
		expect([judged(false), judged(true)]).toEqual([[], [0]]);
	});

	test('goes through the states again where hope lies behind', () => {
		const edges = [
			{ from: 0, to: 1, costs: false },
			{ from: 1, to: 2, costs: false },
			{ from: 2, to: 1, costs: false },
			{ from: 1, to: 3, costs: false },
		];
		const demands = [owes([0, 1, 2])];
		const tables = new Tables(graphProduct(edges, 1, demands));
		const { lassos, exercised, sweeps } = judgeLiveness(explore(tables, { memory: 1e6 }), demands);
		expect({ lassos, exercised }).toEqual({ lassos: [], exercised: [true] });
		expect(sweeps).toBe(2);
	});

	test('was never exercised if nothing was owed anywhere', () => {
		const demands = [owes([5])];
		const tables = new Tables(graphProduct([{ from: 0, to: 1, costs: false }], 1, demands));
		expect(judgeLiveness(explore(tables, { memory: 1e6 }), demands)).toMatchObject({
			lassos: [],
			exercised: [false],
		});
	});

	test('is judged of eight demands at most', () => {
		const demands = Array.from({ length: 9 }, (_, index) => owes([0], index));
		const exploration = explore(new Tables(graphProduct([{ from: 0, to: 1, costs: false }])), {
			memory: 1e6,
		});
		expect(judgeLiveness(exploration, demands.slice(1)).lassos).toEqual([]);
		expect(() => judgeLiveness(exploration, demands)).toThrow('9 demands, more than 8');
	});
});
