import { describe, expect, test } from 'vitest';
import { explore } from '../explore/explore.ts';
import { pathTo } from '../explore/path.ts';
import type { Judgement, Observer, Product, View } from '../product/product.ts';
import { countersProduct } from '../testing/graph.ts';
import { Tables } from './tables.ts';

const NUMBERS = 12;
const LIMITS = { memory: 1e7 };
const fine = (memory: unknown): Judgement => ({ memory, exercised: true, broken: null });

/** What two counters do before an observer that counts how often it is asked. */
function watched(
	step: (memory: unknown, label: string, view: View) => Judgement | null,
	memory: unknown = null,
) {
	let calls = 0;
	const observer: Observer<string> = {
		id: 'watcher',
		memory,
		step(remembered, label, view) {
			calls++;
			return step(remembered, label, view);
		},
	};
	const product: Product<string> = { ...countersProduct(NUMBERS), observers: [observer] };
	const exploration = explore(new Tables(product), LIMITS);
	return { exploration, calls };
}

const states = NUMBERS * NUMBERS;

describe('an observer is asked once for all that it looks at', () => {
	const labels = 2;
	/** When a step is met first, and then for each number that it looks at. */
	const eachNumber = 1 + NUMBERS;

	test('once for all steps that are called the same if it looks at nothing', () => {
		const idle = watched(() => null);
		expect(idle.exploration.states.count).toBe(states);
		expect(idle.calls).toBe(labels);
	});

	test('once for each number of the one counter that it looks at, not for each state', () => {
		const close = watched((memory, label, view) => {
			const counter = Number(label[0]);
			expect(view.after(counter)).toBe((view.before(counter) + 1) % NUMBERS);
			return fine(memory);
		});
		expect(close.calls).toBe(labels * eachNumber);
		const { exploration, calls } = watched((memory, _, view) => {
			view.after(0);
			return fine(memory);
		});
		expect(exploration.states.count).toBe(states);
		expect(calls).toBe(labels * eachNumber);
	});

	test('and whether something changed costs nothing to know', () => {
		const { calls } = watched((memory, _, view) => {
			if (view.changed(0)) view.after(0);
			return fine(memory);
		});
		expect(calls).toBe(eachNumber + 1);
	});
});

describe('an observer', () => {
	test('makes states of its own by what it remembers', () => {
		const { exploration } = watched(
			(odd, label) => (label.startsWith('0') ? fine(odd === false) : null),
			false,
		);
		expect(exploration.states.count).toBe(states);
		const { exploration: three } = watched(
			(count, label) => (label.startsWith('0') ? fine((Number(count) + 1) % 5) : null),
			0,
		);
		expect(three.states.count).toBe(states * 5);
		expect(three.tables.observing.size).toBe(5);
	});

	test('that is broken ends the exploration behind a shortest way, wherever it looks', () => {
		const { exploration } = watched((memory, _, view) => ({
			memory,
			exercised: view.after(0) > 2,
			broken: view.after(0) === 3 && view.after(1) === 2 ? 'It is 3 and 2.' : null,
		}));
		const { ending, breaches, tables, depth } = exploration;
		expect([ending, breaches.length, depth]).toEqual(['broken', 2, 4]);
		for (const { state, key } of breaches)
			expect([...pathTo(exploration, state), tables.labels.value(key)]).toHaveLength(5);
		expect(tables.observing.tested.exercised).toEqual([true]);
	});

	test('that was never put to the test is known by it', () => {
		const { exploration } = watched((memory) => ({ memory, exercised: false, broken: null }));
		expect(exploration.tables.observing.tested.exercised).toEqual([false]);
	});

	test('that does not look at the same each time is refused', () => {
		let calls = 0;
		const fickle: Observer<string> = {
			id: 'fickle',
			memory: null,
			step(memory, _, view) {
				view.after(1 + (++calls % 2));
				return fine(memory);
			},
		};
		expect(() =>
			explore(new Tables({ ...countersProduct(3, 3), observers: [fickle] }), LIMITS),
		).toThrow('what was run is no pure function');
	});
});

test('observers share a tree where one looks at part of what another looks at, and both are heard', () => {
	const looks = (id: string, components: readonly number[]): Observer<string> => ({
		id,
		memory: 0,
		step: (memory, _, view) =>
			fine(Math.max(Number(memory), ...components.map((component) => view.after(component)))),
	});
	const observers = [looks('both', [1, 0]), looks('left', [0]), looks('right', [1])];
	const explored = (some: readonly Observer<string>[]) =>
		explore(new Tables({ ...countersProduct(4), observers: some }), LIMITS);
	const naive = new Set<string>();
	const queue = [[0, 0, 0, 0, 0]];
	for (const [a = 0, b = 0, both = 0, left = 0, right = 0] of queue) {
		const key = [a, b, both, left, right].join(' ');
		if (naive.has(key)) continue;
		naive.add(key);
		for (const [x, y] of [
			[(a + 1) % 4, b],
			[a, (b + 1) % 4],
		] as const)
			queue.push([x, y, Math.max(both, x, y), Math.max(left, x), Math.max(right, y)]);
	}
	expect(explored(observers).states.count).toBe(naive.size);
	expect(explored([...observers].reverse()).states.count).toBe(naive.size);
});
