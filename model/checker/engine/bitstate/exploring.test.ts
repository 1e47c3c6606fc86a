import { describe, expect, test } from 'vitest';
import { explore, inOneGo, type Limits } from '../explore/explore.ts';
import { pathTo } from '../explore/path.ts';
import { communicating } from '../machines/communicating.ts';
import type { Product } from '../product/product.ts';
import { Tables } from '../tables/tables.ts';
import { bitUnchecked } from '../testing/alternating-bit.ts';
import { oneTooMany } from '../testing/bounded-buffer.ts';
import { countersProduct } from '../testing/graph.ts';
import { exploringBits } from './exploring.ts';

const LARGE = { memory: 1e8 };

const asBits = <Label>(product: Product<Label>, limits: Limits = LARGE) =>
	inOneGo(exploringBits(new Tables(product), limits));

describe('an exploration that keeps bits only', () => {
	test('finds all there is where there is room, and says that it probably did', () => {
		const { ending, states, generated, depth, coverage } = asBits(countersProduct(100));
		expect({ ending, states, generated, depth }).toEqual({
			ending: 'complete',
			states: 10_000,
			generated: 20_000,
			depth: 198,
		});
		expect(coverage).toBeGreaterThan(0.999_999);
		expect(coverage).toBeLessThan(1);
	});

	test.each([
		['a bit that is not checked', communicating(bitUnchecked)],
		['a credit too many', communicating(oneTooMany)],
	])('tells of %s by as short a way as any', (_, product) => {
		const exact = explore(new Tables(product), LARGE);
		const { ending, breaches } = asBits(product);
		expect(ending).toBe('broken');
		const [{ state = 0, key = 0 } = {}] = exact.breaches;
		expect(breaches[0]).toEqual([...pathTo(exact, state), exact.tables.labels.value(key)]);
	});

	test('ends where it is told to, or where there is no more room', () => {
		expect(asBits(countersProduct(300), { ...LARGE, stop: () => true }).ending).toBe('stopped');
		const few = asBits(countersProduct(300), { ...LARGE, states: 1000 });
		expect([few.ending, few.states]).toEqual(['out of memory', 1000]);
		expect(asBits(countersProduct(30), { memory: 1000 }).ending).toBe('out of memory');
	});
});
