import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explore } from '../explore/explore.ts';
import type { Observer, Product, View } from '../product/product.ts';
import { countersProduct } from '../testing/graph.ts';
import { Tables } from './tables.ts';

const LIMITS = { memory: 1e7 };
const NUMBERS = 4;
const COUNTERS = 3;

/** A component is to have this number before a step, or after it. */
type Wanted = readonly [side: 'before' | 'after', component: number, number: number];

/** Puts its promise to the test, and each half of it, where all that is wanted is so. */
interface Tester {
	readonly when: readonly Wanted[];
	readonly halves: readonly (readonly Wanted[])[];
}

const all = (wanted: readonly Wanted[], view: View): boolean =>
	wanted.every(([side, component, number]) => view[side](component) === number);

const observer = ({ when, halves }: Tester, id: number): Observer<string> => ({
	id: `tester ${id}`,
	memory: null,
	step: (memory, _, view) => (all(when, view) ? { memory, exercised: true, broken: null } : null),
	halves: halves.map((half) => ({ isTested: (_, view) => all(half, view) })),
});

/** Counters, some of which leap twice as far for a budget of one; without `free` they do nothing else. */
interface Leaps {
	readonly leaping: readonly number[];
	readonly free: boolean;
}

const NO_LEAPS: Leaps = { leaping: [], free: true };

/** How far a counter can get from where it is, and at which cost. */
const ways = (counter: number, { leaping, free }: Leaps): { by: number; cost: number }[] => [
	...(leaping.includes(counter) ? [{ by: 2, cost: 1 }] : []),
	...(free || !leaping.includes(counter) ? [{ by: 1, cost: 0 }] : []),
];

const counting = (testers: readonly Tester[], leaps: Leaps): Product<string> => ({
	...countersProduct(NUMBERS, COUNTERS),
	budgets: [{ name: 'leaps', amount: 1 }],
	rules: Array.from({ length: COUNTERS }, (_, counter) => ({
		reads: [counter],
		ask: ([number = 0]) =>
			ways(counter, leaps).map(({ by, cost }) => ({
				label: `${counter} by ${by}`,
				writes: [(number + by) % NUMBERS],
				...(cost > 0 ? { cost: 0 } : {}),
			})),
	})),
	observers: testers.map(observer),
});

/** What the steps of every state that can be reached put to the test. */
function naive(testers: readonly Tester[], leaps: Leaps) {
	const exercised = testers.map(() => false);
	const halves = testers.map((tester) => tester.halves.map(() => false));
	const known = new Set<string>();
	const queue = [{ numbers: [0, 0, 0], left: 1 }];
	for (const { numbers, left } of queue) {
		const key = `${numbers} ${left}`;
		if (known.has(key)) continue;
		known.add(key);
		for (const counter of numbers.keys())
			for (const { by, cost } of ways(counter, leaps)) {
				if (cost > left) continue;
				const next = numbers.map((number, at) =>
					at === counter ? (number + by) % NUMBERS : number,
				);
				const shown = { before: numbers, after: next };
				const is = (wanted: readonly Wanted[]) =>
					wanted.every(([side, component, number]) => shown[side][component] === number);
				for (const [place, { when, halves: own }] of testers.entries()) {
					if (!is(when)) continue;
					exercised[place] = true;
					for (const [half, wanted] of own.entries())
						if (is(wanted)) (halves[place] ?? [])[half] = true;
				}
				queue.push({ numbers: next, left: left - cost });
			}
	}
	return { exercised, halves };
}

const seen = (testers: readonly Tester[], leaps = NO_LEAPS) => {
	const { tables } = explore(new Tables(counting(testers, leaps)), LIMITS);
	const { exercised, halves } = tables.observing.tested;
	return { exercised, halves };
};

describe('a half of a promise', () => {
	test('is told apart from the others, and from one that nothing puts to the test', () => {
		const found = seen([
			{ when: [['before', 0, 1]], halves: [[['after', 0, 2]], [['before', 0, 2]]] },
		]);
		expect(found).toEqual({ exercised: [true], halves: [[true, false]] });
	});

	test('is found by what it reads beyond what its observer reads', () => {
		expect(seen([{ when: [], halves: [[['before', 2, 3]]] }]).halves).toEqual([[true]]);
		const halves: Wanted[][] = [
			[['before', 1, 3]],
			[
				['before', 0, 1],
				['before', 1, 2],
			],
		];
		expect(seen([{ when: [['before', 0, 0]], halves }]).halves).toEqual([[true, false]]);
	});

	test('is not put to the test by a step for which no state has the budget', () => {
		const leaps = { leaping: [0, 1, 2], free: false };
		const twice: Tester = { when: [['before', 0, 2]], halves: [[['before', 0, 2]]] };
		expect(seen([twice], leaps)).toEqual({ exercised: [false], halves: [[false]] });
		expect(seen([twice]).halves).toEqual([[true]]);
	});

	test('is put to the test by a step for which only a later state has the budget', () => {
		// Whoever leapt first comes to 2 sooner, and cannot leap again.
		const again: Tester = {
			when: [],
			halves: [
				[
					['before', 0, 2],
					['after', 0, 0],
				],
			],
		};
		expect(seen([again], { leaping: [0], free: true }).halves).toEqual([[true]]);
	});
});

test('what is put to the test is what the steps that are taken put to it', () => {
	const wanted: fc.Arbitrary<Wanted> = fc.tuple(
		fc.constantFrom('before', 'after'),
		fc.nat(COUNTERS - 1),
		fc.nat(NUMBERS - 1),
	);
	const when = fc.array(wanted, { maxLength: 2 });
	const tester = fc.record({ when, halves: fc.array(when, { maxLength: 3 }) });
	const leaps = fc.record({ leaping: fc.subarray([0, 1, 2]), free: fc.boolean() });
	fc.assert(
		fc.property(fc.array(tester, { minLength: 1, maxLength: 4 }), leaps, (testers, leap) => {
			expect(seen(testers, leap)).toEqual(naive(testers, leap));
		}),
		{ numRuns: 100 },
	);
});
