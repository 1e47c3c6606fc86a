import { describe, expect, test } from 'vitest';
import { setup } from 'xstate';
import { type Exploration, explore } from '../explore/explore.ts';
import { pathTo } from '../explore/path.ts';
import { judgeLiveness } from '../liveness/liveness.ts';
import { SUCCESSOR_KEY } from '../memory/successor.ts';
import { Tables } from '../tables/tables.ts';
import { alternatingBit, bitUnchecked, outOfOrder } from '../testing/alternating-bit.ts';
import { boundedBuffer, oneTooMany } from '../testing/bounded-buffer.ts';
import { givenInUse, mutualExclusion, overtaken } from '../testing/mutual-exclusion.ts';
import { countNaively } from '../testing/naive.ts';
import {
	communicating,
	type Parts,
	part,
	type Send,
	type System,
	SystemError,
} from './communicating.ts';

const exploring = <All extends Parts>(system: System<All>): Exploration<string> =>
	explore(new Tables(communicating(system)), { memory: 1e7 });

/** Explores a right system and compares with the naive search; what is owed in it for ever. */
function prove<All extends Parts>(system: System<All>) {
	const exploration = exploring(system);
	const { ending, states, generated, cut, tables } = exploration;
	expect(ending).toBe('complete');
	const count = { states: states.count, generated, cut };
	expect(count).toEqual(countNaively(system));
	const { lassos, exercised } = judgeLiveness(exploration, tables.product.demands ?? []);
	expect(tables.observing.tested.exercised).not.toContain(false);
	expect(exercised).not.toContain(false);
	return { ...count, lassos: lassos.map(({ demand }) => demand.id) };
}

/** The shortest way to break a promise, and what is said of it. */
function refute<All extends Parts>(system: System<All>) {
	const exploration = exploring(system);
	const { ending, breaches, tables } = exploration;
	expect(ending).toBe('broken');
	const [breach] = breaches;
	if (breach === undefined) throw new RangeError('nothing was broken');
	return [...pathTo(exploration, breach.state), tables.labels.value(breach.key)];
}

describe('mutual exclusion by a token', () => {
	test('holds, and whoever wants in gets in', () => {
		expect(prove(mutualExclusion)).toEqual({ states: 16, generated: 28, cut: 0, lassos: [] });
	});

	test('is broken in four steps if the token is given away while it is used', () => {
		expect(refute(givenInUse)).toEqual([
			'left hears WANT',
			'right hears WANT',
			'left gets ASK from right',
			'right gets TOKEN from left',
		]);
	});

	test('starves both if a request that overtakes the token is forgotten', () => {
		const exploration = exploring(overtaken);
		const { ending, states, generated, cut, tables } = exploration;
		expect(ending).toBe('complete');
		expect({ states: states.count, generated, cut }).toEqual(countNaively(overtaken));
		expect({ states: states.count, generated, cut }).toEqual({ states: 20, generated: 32, cut: 0 });
		const { lassos } = judgeLiveness(exploration, tables.product.demands ?? []);
		expect(lassos.map(({ demand, sentence }) => [demand.id, sentence])).toEqual([
			['left gets in', 'left waits for ever.'],
			['right gets in', 'right waits for ever.'],
		]);
		expect(lassos.map(({ state }) => pathTo(exploration, state))).toEqual([
			[
				'right hears WANT',
				'left gets ASK from right',
				'left hears WANT',
				'right gets ASK from left',
			],
			[
				'right hears WANT',
				'left gets ASK from right',
				'left hears WANT',
				'right gets TOKEN from left',
				'right hears LEAVE',
				'right gets ASK from left',
				'right hears WANT',
				'left gets ASK from right',
			],
		]);
	});
});

describe('the alternating-bit protocol', () => {
	test('brings each item once, in order and at last, over a network that loses and repeats', () => {
		expect(prove(alternatingBit)).toEqual({ states: 288, generated: 915, cut: 0, lassos: [] });
	});

	test('is broken in three steps if the receiver does not check the bit', () => {
		expect(refute(bitUnchecked)).toEqual([
			'sender hears TRANSMIT',
			'receiver gets DATA (bit 0, item 0) from sender, to get it again',
			'receiver gets DATA (bit 0, item 0) from sender',
		]);
	});

	test('is broken in six steps where messages overtake each other', () => {
		expect(refute(outOfOrder)).toEqual([
			'sender hears TRANSMIT',
			'receiver gets DATA (bit 0, item 0) from sender, to get it again',
			'sender gets ACK (bit 0) from receiver',
			'sender hears TRANSMIT',
			'receiver gets DATA (bit 1, item 1) from sender',
			'receiver gets DATA (bit 0, item 0) from sender',
		]);
	});

	test('is counted alike where there is no room for every message', () => {
		const { parts, network } = outOfOrder;
		const crowded = { parts, network: { ...network, losses: 1, repeats: 1 } };
		expect(prove(crowded)).toEqual({ states: 5168, generated: 16750, cut: 1605, lassos: [] });
	});
});

describe('the bounded buffer', () => {
	/*
	 * Two credits are with the producer, on their way to it, or on their way or in the buffer as
	 * items: 10 ways, in 6 of which the buffer is empty. The consumer idles, or its request or its
	 * item is on the way: 3 times 10; or the buffer has its request, and nothing else: 6.
	 */
	test('never holds more than it has places for, and serves the consumer', () => {
		expect(prove(boundedBuffer)).toEqual({ states: 36, generated: 75, cut: 0, lassos: [] });
	});

	test('overflows in six steps if the producer has one credit too many', () => {
		expect(refute(oneTooMany)).toEqual([
			...Array(3).fill('producer hears PRODUCE'),
			...Array(3).fill('buffer gets ITEM from producer'),
		]);
	});
});

describe('a system', () => {
	const bell = setup({ actions: { send: (_: unknown, _send: Send): void => {} } }).createMachine({
		id: 'bell',
		initial: 'still',
		states: {
			still: {
				on: {
					RING: {
						target: 'rings',
						actions: { type: 'send', params: { to: 'ear', signal: { type: 'DING' } } },
					},
				},
			},
			rings: { on: { REST: 'still' } },
		},
	});
	const ear = setup({}).createMachine({ id: 'ear' });
	const RING = { signal: { type: 'RING' }, costs: 'rings' };
	const REST = { signal: { type: 'REST' } };
	const ringing = {
		parts: { bell: part(bell, undefined, [RING, REST]), ear: part(ear, undefined) },
		network: { capacity: 5, losses: 1 },
		budgets: { rings: 3 },
	};

	test('hears what costs something only as often as the budget allows', () => {
		const { states, generated } = exploring(ringing);
		expect({ states: states.count, generated, cut: 0 }).toEqual(countNaively(ringing));
		const most = pathTo(exploring(ringing), states.count - 1);
		expect(most.filter((step) => step === 'bell hears RING')).toHaveLength(3);
	});

	test("keeps the messages of each way apart where they take each other's place", () => {
		const { parts, budgets } = ringing;
		const two = {
			parts: { bell: parts.bell, gong: parts.bell, ear: parts.ear },
			network: { capacity: 5, replaces: true },
			budgets,
		};
		const { states, generated, cut } = exploring(two);
		expect({ states: states.count, generated, cut }).toEqual(countNaively(two));
		expect(states.count).toBe(40);
	});

	test('tells what is lost', () => {
		const { expander, tables, states, layout } = exploring(ringing);
		const steps = new Set<string | undefined>();
		for (let state = 0; state < states.count; state++) {
			const found = expander.expand(states.words, state * states.width);
			for (let at = 0; at < found * expander.stride; at += expander.stride)
				steps.add(tables.labels.value(expander.out[at + layout.words + SUCCESSOR_KEY] ?? -1));
		}
		expect([...steps].sort()).toEqual([
			'DING from bell to ear is lost',
			'bell hears REST',
			'bell hears RING',
			'ear gets DING from bell',
		]);
	});

	test('is refused if a signal costs a budget that there is none of', () => {
		expect(() => communicating({ ...ringing, budgets: {} })).toThrow(SystemError);
		expect(() => communicating({ ...ringing, budgets: {} })).toThrow('no budget is called "rings"');
	});

	test('is refused if it sends to a part that there is none of', () => {
		const { parts, ...rest } = ringing;
		expect(() => exploring({ ...rest, parts: { bell: parts.bell } })).toThrow(
			'no part is called "ear"',
		);
	});

	test('is refused if a promise is broken before anything happens', () => {
		const promises = [{ id: 'silence', broken: () => 'It is never silent.' }];
		expect(() => communicating({ ...ringing, promises })).toThrow(
			'"silence" is broken before anything happens: It is never silent.',
		);
	});

	test('has promises that look at the step', () => {
		const promises = [
			{
				id: 'no rest',
				broken: (
					after: { value(part: 'bell'): unknown },
					before: { value(part: 'bell'): unknown },
				) =>
					before.value('bell') === 'rings' && after.value('bell') === 'still'
						? 'It rings on.'
						: null,
			},
		];
		expect(refute({ ...ringing, promises })).toEqual(['bell hears RING', 'bell hears REST']);
	});
});
