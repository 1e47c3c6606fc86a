import { expect, test } from 'vitest';
import { Bits } from './bits.ts';

/** Adds numbered states, each in three words; how many of them were taken for new. */
function filled(bits: Bits, count: number): number {
	const state = new Int32Array(3);
	let taken = 0;
	for (let number = 0; number < count; number++) {
		state.set([number & 7, number >> 3, number % 1000]);
		if (bits.add(state, 0, 3)) taken++;
	}
	return taken;
}

test('a state that was met is known from then on', () => {
	const bits = new Bits(1 << 20);
	expect(filled(bits, 10_000)).toBe(10_000);
	expect(filled(bits, 10_000)).toBe(0);
});

test('of states that are left out it is told how many, about', () => {
	const bits = new Bits(1 << 15);
	const count = 60_000;
	const omitted = count - filled(bits, count);
	expect(bits.share).toBeGreaterThan(0.4);
	expect(omitted).toBeGreaterThan(1000);
	expect(bits.omitted).toBeGreaterThan(omitted * 0.8);
	expect(bits.omitted).toBeLessThan(omitted * 1.2);
});
