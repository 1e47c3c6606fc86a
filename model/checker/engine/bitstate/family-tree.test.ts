import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProductError } from '../product/product-error.ts';
import { FamilyTree } from './family-tree.ts';

test('any state is found again by the steps that led to it', () => {
	const families = fc.array(fc.uniqueArray(fc.nat(254), { maxLength: 4 }), { maxLength: 60 });
	fc.assert(
		fc.property(families, (born) => {
			const tree = new FamilyTree(300);
			const ways: number[][] = [[]];
			for (const [parent, steps] of born.entries()) {
				const way = ways[parent];
				if (way === undefined) break;
				for (const step of steps) {
					tree.bear(step);
					ways.push([...way, step]);
				}
				tree.turn();
			}
			expect(ways.map((_, state) => tree.way(state))).toEqual(ways);
		}),
	);
});

test('a step that does not fit one byte is refused', () => {
	expect(() => new FamilyTree(10).bear(255)).toThrow(ProductError);
});
