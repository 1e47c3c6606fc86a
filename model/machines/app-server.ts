import { assign, setup } from 'xstate';
import { type AppServerSignal, type Tell, utterances } from './signals.ts';

interface AppServerContext {
	/** By host: the task that it is down for. */
	assigned: (number | null)[];
	/** Undispatched tasks, in the order in which they are dispatched. */
	waiting: number[];
}

const assignedTo = (context: AppServerContext, event: AppServerSignal): number | null =>
	event.type === 'NEXT' ? (context.assigned[event.host] ?? null) : null;

/**
 * The app server as hosts see it: up or down, who runs what, and what waits for a host. A host that
 * asks is given again what it was already assigned, else the first task that waits.
 */
export const appServerMachine = setup({
	types: {
		context: {} as AppServerContext,
		events: {} as AppServerSignal,
		input: {} as { tasks: number; hosts: number },
	},
	actions: utterances,
	guards: {
		'assigned before': ({ context, event }) => assignedTo(context, event) !== null,
		'a task waits': ({ context }) => context.waiting.length > 0,
	},
}).createMachine({
	id: 'app server',
	context: ({ input }) => ({
		assigned: new Array<null>(input.hosts).fill(null),
		waiting: Array.from({ length: input.tasks }, (_, task) => task),
	}),
	initial: 'up',
	states: {
		up: {
			on: {
				NEXT: [
					{
						guard: 'assigned before',
						actions: {
							type: 'tell',
							params: ({ context, event }): Tell => ({
								to: 'task',
								task: assignedTo(context, event) ?? 0,
								signal: { type: 'RESEND', host: event.host },
							}),
						},
					},
					{
						guard: 'a task waits',
						actions: [
							{
								type: 'tell',
								params: ({ context, event }): Tell => ({
									to: 'task',
									task: context.waiting[0] ?? 0,
									signal: { type: 'DISPATCH', host: event.host },
								}),
							},
							assign({
								assigned: ({ context, event }) =>
									context.assigned.map((task, host) =>
										host === event.host ? (context.waiting[0] ?? null) : task,
									),
								waiting: ({ context }) => context.waiting.slice(1),
							}),
						],
					},
					{
						actions: {
							type: 'answer',
							params: { outcome: 'nothing', status: 200, execution: null },
						},
					},
				],
				FREE: {
					actions: assign({
						assigned: ({ context, event }) =>
							context.assigned.map((task, host) => (host === event.host ? null : task)),
					}),
				},
				WAITING: {
					actions: assign({
						waiting: ({ context, event }) => [...context.waiting, event.task].sort((a, b) => a - b),
					}),
				},
				CRASH: 'down',
			},
		},
		down: { on: { RETURN: 'up' } },
	},
});
