import { assign, setup } from 'xstate';
import { minutesOf, type PolicyInForce } from '../vocabulary/setup.ts';
import { type QuotaSignal, type SignalTo, utterances } from './signals.ts';

interface Slot {
	unit: number;
	/** Minutes since it was taken. */
	age: number;
}

interface QuotaContext {
	/** Of all of it, the limit is heeded here; 0: not limited. */
	policy: PolicyInForce;
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
		input: {} as { policy: PolicyInForce },
	},
	actions: utterances,
	guards: {
		'slot free': ({ context: { policy, slots } }) =>
			policy.daily_limit === 0 || slots.length < policy.daily_limit,
	},
}).createMachine({
	id: 'project quota',
	context: ({ input }) => ({ policy: input.policy, slots: [] }),
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
				// Slots that are in use stay so, be they more than are allowed from now on.
				POLICY: { actions: assign({ policy: ({ event }) => event.policy }) },
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
