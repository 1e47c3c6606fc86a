import { expect, test } from 'vitest';
import { MISSING } from './memo.ts';
import { Trees } from './trees.ts';

/** Asks for a place before a step, and after it. */
const was = (place: number): number => place * 2;
const is = (place: number): number => place * 2 + 1;

test('a tree answers for all states that agree in what was read', () => {
	const trees = new Trees();
	const root = trees.node();
	expect(trees.walk(root, [1, 2], [3, 4])).toBe(MISSING);
	trees.plant(root, [was(0), is(1)], [1, 2], [3, 4], 7);
	expect(trees.walk(root, [1, 99], [99, 4])).toBe(7);
	expect(trees.walk(root, [1, 2], [3, 5])).toBe(MISSING);
	expect(trees.walk(root, [0, 2], [3, 4])).toBe(MISSING);
});

test('what is read next may depend on what was read', () => {
	const trees = new Trees();
	const root = trees.node();
	trees.plant(root, [was(0), was(1)], [0, 5], [], 1);
	trees.plant(root, [was(0), was(2)], [1, 5, 6], [], 2);
	trees.plant(root, [was(0)], [2, 5, 6], [], 3);
	expect(trees.walk(root, [0, 5, 9], [])).toBe(1);
	expect(trees.walk(root, [1, 9, 6], [])).toBe(2);
	expect(trees.walk(root, [2, 9, 9], [])).toBe(3);
});

test('trees do not mix', () => {
	const trees = new Trees();
	const [one, other] = [trees.node(), trees.node()];
	trees.plant(one, [was(0)], [1], [], 1);
	trees.plant(other, [was(0)], [1], [], 2);
	expect([trees.walk(one, [1], []), trees.walk(other, [1], [])]).toEqual([1, 2]);
});

test.each([
	['something else', [was(1)]],
	['less', []],
	['more', [was(0), was(1)]],
])('what reads %s the next time is refused', (_, reads) => {
	const trees = new Trees();
	const root = trees.node();
	trees.plant(root, [was(0)], [1, 1], [], 1);
	expect(() => trees.plant(root, reads, [1, 1], [], 2)).toThrow('no pure function');
});
