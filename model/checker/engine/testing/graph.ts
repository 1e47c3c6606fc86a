import type { Demand, Product } from '../product/product.ts';

/** A step of a graph: from a node to a node; what costs something is not fair. */
export interface Edge {
	readonly from: number;
	readonly to: number;
	readonly costs: boolean;
}

/** A graph as a product of one component, which begins in node 0; steps are told as `from > to`. */
export const graphProduct = (
	edges: readonly Edge[],
	budget = 3,
	demands: readonly Demand[] = [],
): Product<string> => ({
	components: ['node'],
	initial: [0],
	budgets: [{ name: 'dear', amount: budget }],
	capacity: 0,
	rules: [
		{
			reads: [0],
			ask: ([node = 0]) =>
				edges
					.filter(({ from }) => from === node)
					.map(({ from, to, costs }) => ({
						label: `${from} > ${to}`,
						writes: [to],
						...(costs ? { cost: 0 } : {}),
					})),
		},
	],
	deliveries: () => [],
	observers: [],
	demands,
});

/** Counters, each of which goes round through its numbers by itself. */
export const countersProduct = (numbers: number, counters = 2): Product<string> => ({
	components: Array.from({ length: counters }, (_, counter) => `counter ${counter}`),
	initial: Array.from({ length: counters }, () => 0),
	budgets: [],
	capacity: 0,
	rules: Array.from({ length: counters }, (_, counter) => ({
		reads: [counter],
		ask: ([number = 0]) => [{ label: `${counter} counts on`, writes: [(number + 1) % numbers] }],
	})),
	deliveries: () => [],
	observers: [],
});
