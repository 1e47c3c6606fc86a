import { describe, expect, test } from 'vitest';
import { explore } from '../explore/explore.ts';
import { pathTo } from '../explore/path.ts';
import { FIRST } from '../memory/place.ts';
import type { Product, Rule } from '../product/product.ts';
import { ProductError } from '../product/product-error.ts';
import { countersProduct, graphProduct } from '../testing/graph.ts';
import { Tables } from './tables.ts';

const LIMITS = { memory: 1e6 };

/** A counter that counts on. */
const counts = (counter: number): Rule<string> => ({
	reads: [counter],
	ask: ([number = 0]) => [{ label: `${counter} counts on`, writes: [(number + 1) % 4] }],
});

/** All counters count on in one step, one after the other. */
const together = (rules: readonly Rule<string>[], first = counts(0)): Product<string> => ({
	...countersProduct(4, 3),
	rules: [{ ...first, parts: rules }],
});

describe('a step of several stages', () => {
	test('is one step, and each stage sees what those before it did', () => {
		const copies: Rule<string> = {
			reads: [1, 2],
			ask: ([from = 0]) => [{ label: '', writes: [from, from] }],
		};
		const exploration = explore(new Tables(together([counts(1), copies])), LIMITS);
		const { states, generated, expander, tables } = exploration;
		expect([states.count, generated]).toEqual([4, 4]);
		for (let state = 0; state < 4; state++) {
			expander.unpack(states.words, state * states.width);
			expect([...tables.cores.unfold(expander.before).slice(FIRST)]).toEqual([state, state, state]);
		}
		expect(pathTo(exploration, 3)).toEqual(Array(3).fill('0 counts on'));
	});

	test.each([0, 2])('is refused if a stage has %i outcomes', (count) => {
		const stage: Rule<string> = {
			reads: [1],
			ask: () => Array(count).fill({ label: '', writes: [1] }),
		};
		const tables = new Tables(together([stage]));
		expect(() => explore(tables, LIMITS)).toThrow(ProductError);
	});
});

test('what a step shows is judged, and only what is kept is carried on', () => {
	const shown: number[] = [];
	const product: Product<string> = {
		...countersProduct(4, 1),
		rules: [{ reads: [0], ask: ([at = 0]) => [{ label: '', writes: [at + 11] }] }],
		settle: (_, state) => state % 5,
		observers: [
			{
				id: 'sees',
				memory: null,
				step(memory, _, view) {
					shown.push(view.after(0));
					return { memory, exercised: true, broken: null };
				},
			},
		],
	};
	const { states } = explore(new Tables(product), LIMITS);
	expect(states.count).toBe(5);
	// The first step is shown twice: once to see that the observer looks at something.
	expect(shown).toEqual([11, 11, 12, 13, 14, 15]);
});

describe('a product is refused', () => {
	test('if it has too many components or budgets, or too large ones', () => {
		expect(() => new Tables(countersProduct(2, 28))).not.toThrow();
		expect(() => new Tables(countersProduct(2, 29))).toThrow('29 components, more than 28');
		expect(() => new Tables(graphProduct([], 7))).not.toThrow();
		expect(() => new Tables(graphProduct([], 8))).toThrow(ProductError);
		const budgets = (count: number, amount: number) =>
			Array.from({ length: count }, () => ({ name: 'b', amount }));
		const spending = (count: number, amount: number) => () =>
			new Tables({ ...graphProduct([]), budgets: budgets(count, amount) });
		expect(spending(11, 7)).toThrow('budgets of 33 bits, more than 30');
		expect(spending(31, 1)).toThrow(ProductError);
		expect(spending(30, 1)).not.toThrow();
	});

	test('if a rule reads nine components', () => {
		const rules = [{ reads: [0, 1, 2, 3, 4, 5, 6, 7, 8], ask: () => [] }];
		expect(() => new Tables({ ...countersProduct(2, 9), rules })).toThrow(
			'a rule reads at most 8 components',
		);
	});
});

test('a rule of many reads is asked once for each combination, and writes all of them', () => {
	const asked: string[] = [];
	const all: Rule<string> = {
		reads: [4, 3, 2, 1, 0],
		ask: (states) => {
			asked.push(states.join(''));
			const last = states.lastIndexOf(0);
			const writes = states.map((state, place) => (place === last ? 1 : place > last ? 0 : state));
			return last < 0 ? [] : [{ label: '', writes }];
		},
	};
	const { states } = explore(new Tables({ ...countersProduct(2, 5), rules: [all] }), LIMITS);
	expect(states.count).toBe(32);
	expect(asked).toEqual([...Array(32).keys()].map((count) => count.toString(2).padStart(5, '0')));
});

test('ten budgets of seven are counted down each by itself', () => {
	const budgets = Array.from({ length: 10 }, (_, place) => ({ name: `b${place}`, amount: 7 }));
	const spend = (cost: number): Rule<string> => ({
		reads: [],
		ask: () => [{ label: `${cost}`, writes: [], cost }],
	});
	const product = { ...graphProduct([]), budgets, rules: [spend(0), spend(9)] };
	expect(explore(new Tables(product), LIMITS).states.count).toBe(64);
});
