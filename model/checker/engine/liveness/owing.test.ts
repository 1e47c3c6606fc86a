import { expect, test } from 'vitest';
import { FIRST, NETWORK } from '../memory/place.ts';
import type { Demand } from '../product/product.ts';
import { Networks } from '../tables/networks.ts';
import { Owing } from './owing.ts';

const networks = new Networks(9);
const two = networks.apply(0, networks.change([{ add: 5 }, { add: 5 }]));

/** A state, place by place. */
function places(network: number, ...components: number[]): number[] {
	const all = [0, 0, 0, ...components];
	all[NETWORK] = network;
	return all;
}

test('each demand that is owed has a bit, and a sentence', () => {
	const demands: Demand[] = [
		{ id: 'even', owed: (look) => (look.state(0) % 2 === 1 ? 'It is odd.' : null) },
		{ id: 'quiet', owed: (look) => (look.inFlight() > 1 ? `${look.inFlight()} fly.` : null) },
		{ id: 'none', owed: () => null },
	];
	const owing = new Owing(demands, networks);
	expect(owing.owed(places(0, 4))).toBe(0b00);
	expect(owing.owed(places(0, 5))).toBe(0b01);
	expect(owing.owed(places(two, 4))).toBe(0b10);
	expect(owing.owed(places(two, 5))).toBe(0b11);
	expect(demands.map((demand) => owing.sentence(demand, places(two, 5)))).toEqual([
		'It is odd.',
		'2 fly.',
		null,
	]);
});

test('a demand is asked once for all that it looks at', () => {
	let calls = 0;
	const demand: Demand = {
		id: 'first, then second',
		owed(look) {
			calls++;
			return look.state(0) === 0 || look.state(1) === 0 ? null : 'Neither is 0.';
		},
	};
	const owing = new Owing([demand], networks);
	for (let a = 0; a < 4; a++)
		for (let b = 0; b < 4; b++)
			for (let c = 0; c < 4; c++)
				expect(owing.owed(places(c, a, b, c))).toBe(a === 0 || b === 0 ? 0 : 1);
	expect(calls).toBe(1 + 3 * 4);
	expect(FIRST).toBe(3);
});
