import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bitsFor, fits, layoutOf } from './layout.ts';

const widths = fc.array(fc.integer({ min: 1, max: 32 }), { minLength: 1, maxLength: 31 });

test('no place straddles two words, and no two places share a bit', () => {
	fc.assert(
		fc.property(widths, (bits) => {
			const { words, word, shift, mask } = layoutOf(bits);
			const used = Array.from({ length: words }, () => 0n);
			for (const [place, width] of bits.entries()) {
				const at = shift[place] ?? -1;
				expect(at).toBeGreaterThanOrEqual(0);
				expect(at + width).toBeLessThanOrEqual(32);
				expect((mask[place] ?? 0) >>> 0).toBe(2 ** width - 1);
				const taken = (2n ** BigInt(width) - 1n) << BigInt(at);
				const slot = word[place] ?? -1;
				expect((used[slot] ?? -1n) & taken).toBe(0n);
				used[slot] = (used[slot] ?? 0n) | taken;
			}
			expect(used).not.toContain(0n);
		}),
	);
});

test('a word is filled before the next one is begun', () => {
	expect(layoutOf([8, 8, 8, 8]).words).toBe(1);
	expect(layoutOf([20, 20, 12, 12]).words).toBe(2);
	expect(layoutOf([31, 3]).words).toBe(2);
});

test('a value fits its place up to its last bit', () => {
	const layout = layoutOf([3, 32]);
	expect([fits(layout, 0, 7), fits(layout, 0, 8)]).toEqual([true, false]);
	expect([fits(layout, 1, 2 ** 31 - 1), fits(layout, 1, -1)]).toEqual([true, true]);
});

test('there are bits for every value so far, and for twice as many', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 2 ** 29 }), (size) => {
			const layout = layoutOf([bitsFor(size)]);
			expect(fits(layout, 0, 2 * size - 1)).toBe(true);
			expect(bitsFor(size)).toBeLessThanOrEqual(Math.max(3, Math.log2(size) + 2));
		}),
	);
});
