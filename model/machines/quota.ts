import { assign, setup } from 'xstate';
import { minutesOf } from '../vocabulary/setup.ts';
import { type QuotaSignal, type SignalTo, utterances } from './signals.ts';

interface Slot {
	unit: number;
	/** Minutes since it was taken. */
	age: number;
}

interface QuotaContext {
	/** 0: not limited. */
	limit: number;
	/** Slots in use, oldest first. */
	slots: Slot[];
}

const WINDOW_MINUTES = minutesOf('window_s');

/**
 * The automatic restarts of a project in a sliding window (S7). A slot is in use from the grant
 * until it is given back or exactly 24 hours old. A unit whose marks lead to no restart gives back
 * its newest slot: older ones belong to restarts that happened.
 */
export const quotaMachine = setup({
	types: {
		context: {} as QuotaContext,
		events: {} as QuotaSignal,
		input: {} as { limit: number },
	},
	actions: utterances,
	guards: {
		'slot free': ({ context }) => context.limit === 0 || context.slots.length < context.limit,
	},
}).createMachine({
	id: 'project quota',
	context: ({ input }) => ({ limit: input.limit, slots: [] }),
	initial: 'open',
	states: {
		open: {
			on: {
				TAKE: [
					{
						guard: 'slot free',
						actions: [
							assign({
								slots: ({ context, event }) => [...context.slots, { unit: event.unit, age: 0 }],
							}),
							{
								type: 'signal',
								params: ({ event }): SignalTo => ({
									to: 'unit',
									unit: event.unit,
									signal: { type: 'TAKEN', task: event.task },
								}),
							},
						],
					},
					{
						actions: {
							type: 'signal',
							params: ({ event }): SignalTo => ({
								to: 'unit',
								unit: event.unit,
								signal: { type: 'FULL', task: event.task },
							}),
						},
					},
				],
				GIVE_BACK: {
					actions: assign({
						slots: ({ context, event }) => {
							const newest = context.slots.findLastIndex((slot) => slot.unit === event.unit);
							return context.slots.filter((_, index) => index !== newest);
						},
					}),
				},
				MINUTES: {
					actions: assign({
						slots: ({ context, event }) =>
							context.slots
								.map((slot) => ({ unit: slot.unit, age: slot.age + event.minutes }))
								.filter((slot) => slot.age < WINDOW_MINUTES),
					}),
				},
			},
		},
	},
});
