import { assign, setup } from 'xstate';
import { part, type Send, type System } from '../machines/communicating.ts';

/**
 * A producer puts items into a buffer with few places, a consumer fetches them. The producer has one
 * credit for each free place, and gets it back when an item is handed on.
 */

const actions = { send: (_: unknown, _send: Send): void => {} };

const producer = setup({
	types: {
		context: {} as { credits: number },
		events: {} as { type: 'PRODUCE' } | { type: 'CREDIT' },
		input: {} as { credits: number },
	},
	actions,
	guards: { 'has credit': ({ context }) => context.credits > 0 },
}).createMachine({
	id: 'producer',
	context: ({ input }) => input,
	on: {
		PRODUCE: {
			guard: 'has credit',
			actions: [
				assign({ credits: ({ context }) => context.credits - 1 }),
				{ type: 'send', params: { to: 'buffer', signal: { type: 'ITEM' } } },
			],
		},
		CREDIT: { actions: assign({ credits: ({ context }) => context.credits + 1 }) },
	},
});

const HAND_ON = [
	{ type: 'send', params: { to: 'consumer', signal: { type: 'ITEM' } } },
	{ type: 'send', params: { to: 'producer', signal: { type: 'CREDIT' } } },
] as const;

const buffer = setup({
	types: {
		context: {} as { places: number; filled: number; awaited: boolean },
		events: {} as { type: 'ITEM' } | { type: 'FETCH' },
		input: {} as { places: number },
	},
	actions,
	guards: {
		'is awaited': ({ context }) => context.awaited,
		'is empty': ({ context }) => context.filled === 0,
	},
}).createMachine({
	id: 'buffer',
	context: ({ input }) => ({ ...input, filled: 0, awaited: false }),
	on: {
		ITEM: [
			{ guard: 'is awaited', actions: [assign({ awaited: false }), ...HAND_ON] },
			{ actions: assign({ filled: ({ context }) => context.filled + 1 }) },
		],
		FETCH: [
			{ guard: 'is empty', actions: assign({ awaited: true }) },
			{ actions: [assign({ filled: ({ context }) => context.filled - 1 }), ...HAND_ON] },
		],
	},
});

const consumer = setup({
	types: { events: {} as { type: 'CONSUME' } | { type: 'ITEM' } },
	actions,
}).createMachine({
	id: 'consumer',
	initial: 'idle',
	states: {
		idle: {
			on: {
				CONSUME: {
					target: 'waiting',
					actions: { type: 'send', params: { to: 'buffer', signal: { type: 'FETCH' } } },
				},
			},
		},
		waiting: { on: { ITEM: 'idle' } },
	},
});

const system = (places: number, credits: number) => {
	const parts = {
		producer: part(producer, { credits }, [{ signal: { type: 'PRODUCE' } }]),
		buffer: part(buffer, { places }),
		consumer: part(consumer, undefined, [{ signal: { type: 'CONSUME' } }]),
	};
	return {
		parts,
		network: { capacity: 2 * credits + 2 },
		promises: [
			{
				id: 'no overflow',
				broken: (after) => {
					const { places, filled } = after.context('buffer');
					return filled > places ? `The buffer has ${places} places; it holds ${filled}.` : null;
				},
			},
		],
		demands: [
			{
				id: 'the consumer is served',
				owed: (seen) => (seen.value('consumer') === 'waiting' ? 'The consumer waits.' : null),
			},
		],
	} satisfies System<typeof parts>;
};

export const boundedBuffer = system(2, 2);

/** The producer has one credit more than there are places. */
export const oneTooMany = system(2, 3);
