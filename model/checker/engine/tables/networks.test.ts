import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NetworkStep } from '../product/product.ts';
import { CUT, Networks } from './networks.ts';

const add = (message: number): NetworkStep => ({ add: message });
const take = (message: number): NetworkStep => ({ take: message });

describe('a network', () => {
	const become = (networks: Networks, steps: readonly NetworkStep[], from = 0): number =>
		networks.apply(from, networks.change(steps));

	test('is the same one in whatever order its messages came', () => {
		const networks = new Networks(10);
		const shuffled = fc
			.array(fc.nat(12), { maxLength: 8 })
			.chain((messages) =>
				fc.tuple(
					fc.constant(messages),
					fc.shuffledSubarray(messages, { minLength: messages.length }),
				),
			);
		fc.assert(
			fc.property(shuffled, ([one, other]) => {
				const network = become(networks, one.map(add));
				expect(become(networks, other.map(add))).toBe(network);
				expect(networks.messages(network)).toEqual(one.toSorted((a, b) => a - b));
			}),
			{ numRuns: 50 },
		);
	});

	test('holds a message as often as it was sent', () => {
		const networks = new Networks(10);
		const twice = become(networks, [add(3), add(3)]);
		expect(networks.messages(twice)).toEqual([3, 3]);
		const once = become(networks, [take(3)], twice);
		expect(networks.messages(once)).toEqual([3]);
		expect(once).toBe(become(networks, [add(3)]));
		expect(become(networks, [take(3)], once)).toBe(0);
	});

	test('is cut off when it would hold too many, but not for a message that takes the place of one', () => {
		const networks = new Networks(2);
		const full = become(networks, [add(1), add(2)]);
		expect(become(networks, [add(3)], full)).toBe(CUT);
		expect(networks.messages(become(networks, [take(1), add(3)], full))).toEqual([2, 3]);
		expect(become(networks, [add(3), take(1)], full)).toBe(become(networks, [add(2), add(3)]));
	});

	test('lets every message become another one or none, those that were just sent included', () => {
		const networks = new Networks(5);
		const before = become(networks, [add(1), add(2), add(2)]);
		const hangUp: NetworkStep = {
			name: 'hang up',
			each: (message) => (message === 1 ? null : message + 10),
		};
		expect(networks.messages(become(networks, [hangUp, add(1)], before))).toEqual([1, 12, 12]);
		expect(networks.messages(become(networks, [add(1), hangUp], before))).toEqual([12, 12]);
	});

	test('cannot lose what is not in flight', () => {
		const networks = new Networks(5);
		expect(() => become(networks, [take(4)])).toThrow('message 4 is not in flight');
		expect(() => networks.messages(9)).toThrow('no network 9');
	});
});

test('the same change has the same number, and no change has none', () => {
	const networks = new Networks(5);
	const change = networks.change([add(1), take(2)]);
	expect(networks.change([add(1), take(2)])).toBe(change);
	expect(networks.change([take(2), add(1)])).not.toBe(change);
	expect(networks.change([add(2), take(1)])).not.toBe(change);
	expect([networks.change([]), networks.change(undefined)]).toEqual([-1, -1]);
});
