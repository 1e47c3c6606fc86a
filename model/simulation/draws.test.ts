import { expect, test } from 'vitest';
import { Draws } from './draws.ts';

const first = (draws: Draws, count: number): number[] =>
	Array.from({ length: count }, () => draws.next());

test('the same seed and stream give the same numbers on every machine', () => {
	expect(first(new Draws(1, 2), 3)).toEqual(first(new Draws(1, 2), 3));
	expect(first(new Draws(1, 2), 3)).toEqual(EXPECTED);
});

/** Written down once: another machine, or a change to the generator, must not give others. */
const EXPECTED: number[] = [0.42694497550837696, 0.576241099042818, 0.9719821754842997];

test.each([
	[1, 3],
	[2, 2],
	[-1, 2],
])('another seed or stream (%i, %i) gives others', (seed, stream) => {
	expect(first(new Draws(seed, stream), 3)).not.toEqual(first(new Draws(1, 2), 3));
});

test('numbers are spread evenly over [0, 1), and one does not tell the next', () => {
	const count = 100_000;
	const cells = new Uint32Array(100);
	const draws = new Draws(7, 0);
	let before = draws.next();
	let within = true;
	for (let at = 0; at < count; at++) {
		const drawn = draws.next();
		within &&= drawn >= 0 && drawn < 1;
		const cell = Math.floor(before * 10) * 10 + Math.floor(drawn * 10);
		cells[cell] = (cells[cell] ?? 0) + 1;
		before = drawn;
	}
	expect(within).toBe(true);
	const mean = count / cells.length;
	const chiSquare = cells.reduce((sum, found) => sum + (found - mean) ** 2 / mean, 0);
	// 99 degrees of freedom: beyond these once in ten million seeds.
	expect(chiSquare).toBeGreaterThan(40);
	expect(chiSquare).toBeLessThan(190);
});
