import { assign, setup } from 'xstate';
import { type Network, part, type Send, type System } from '../machines/communicating.ts';

/**
 * Items go from a sender to a receiver over a network that loses and repeats: each with a bit, the
 * same one until the receiver has confirmed it, then the other one. It needs a network in which no
 * message overtakes another.
 */

const ITEMS = 3;

type Bit = 0 | 1;
const other = (bit: Bit): Bit => (bit === 0 ? 1 : 0);

const actions = { send: (_: unknown, _send: Send): void => {} };

const sender = setup({
	types: {
		context: {} as { bit: Bit; item: number },
		events: {} as { type: 'TRANSMIT' } | { type: 'ACK'; bit: Bit },
	},
	actions,
	guards: {
		'is confirmed': ({ context, event }) => event.type === 'ACK' && event.bit === context.bit,
		'is last': ({ context }) => context.item === ITEMS - 1,
	},
}).createMachine({
	id: 'sender',
	context: { bit: 0, item: 0 },
	initial: 'sending',
	states: {
		sending: {
			on: {
				TRANSMIT: {
					actions: {
						type: 'send',
						params: ({ context: { bit, item } }) => ({
							to: 'receiver',
							signal: { type: 'DATA', bit, item },
						}),
					},
				},
				ACK: { guard: 'is confirmed', target: 'confirmed' },
			},
		},
		confirmed: {
			on: {
				TRANSMIT: [
					{ guard: 'is last', target: 'done' },
					{
						target: 'sending',
						actions: [
							assign(({ context }) => ({ bit: other(context.bit), item: context.item + 1 })),
							{
								type: 'send',
								params: ({ context: { bit, item } }) => ({
									to: 'receiver',
									signal: { type: 'DATA', bit, item },
								}),
							},
						],
					},
				],
			},
		},
		done: {},
	},
});

interface Data {
	readonly type: 'DATA';
	readonly bit: Bit;
	readonly item: number;
}

/** A receiver expects a bit, and confirms what it gets by the bit that it has. */
const receiver = (expects: (expected: Bit, data: Data) => boolean) =>
	setup({
		types: { context: {} as { expected: Bit; got: readonly number[] }, events: {} as Data },
		actions,
		guards: { 'is expected': ({ context, event }) => expects(context.expected, event) },
	}).createMachine({
		id: 'receiver',
		context: { expected: 0, got: [] },
		on: {
			DATA: [
				{
					guard: 'is expected',
					actions: [
						assign(({ context, event }) => ({
							expected: other(event.bit),
							got: [...context.got, event.item],
						})),
						{ type: 'send', params: ({ event }) => confirm(event.bit) },
					],
				},
				{ actions: { type: 'send', params: ({ event }) => confirm(event.bit) } },
			],
		},
	});

const confirm = (bit: Bit): Send => ({ to: 'sender', signal: { type: 'ACK', bit } });

const system = (expects: (expected: Bit, data: Data) => boolean, network: Network) => {
	const parts = {
		sender: part(sender, undefined, [{ signal: { type: 'TRANSMIT' } }]),
		receiver: part(receiver(expects), undefined),
	};
	return {
		parts,
		network,
		promises: [
			{
				id: 'each item once and in order',
				broken: (after) => {
					const { got } = after.context('receiver');
					return got.every((item, place) => item === place)
						? null
						: `Each item comes once and in order; ${got.join(', ')} came.`;
				},
			},
			{
				id: 'items are not taken back',
				broken: (after, before) =>
					after.context('receiver').got.length < before.context('receiver').got.length
						? 'What the receiver got it keeps.'
						: null,
			},
		],
		demands: [
			{
				id: 'all arrive',
				owed: (seen) =>
					seen.context('receiver').got.length < ITEMS ? 'Items are still to come.' : null,
			},
		],
	} satisfies System<typeof parts>;
};

const IN_ORDER = { capacity: 2, losses: 2, repeats: 2, replaces: true };
const asExpected = (expected: Bit, { bit }: Data) => bit === expected;

export const alternatingBit = system(asExpected, IN_ORDER);

/** The receiver takes whatever comes. */
export const bitUnchecked = system(() => true, IN_ORDER);

/** The right protocol where it does not belong: messages overtake each other. */
export const outOfOrder = system(asExpected, { capacity: 3, losses: 2, repeats: 2 });
