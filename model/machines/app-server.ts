import { assign, setup } from 'xstate';
import { type AppServerSignal, type SignalTo, utterances } from './signals.ts';

/** A group whose members run on few hosts. */
interface Group {
	tasks: readonly number[];
	/** How many hosts may run them at the same time; those of one all run on the same. */
	hosts: number;
}

interface AppServerInput {
	hosts: number;
	units: number;
	groups: readonly Group[];
}

interface AppServerContext {
	units: number;
	groups: readonly Group[];
	/** By host: the task that it is down for. */
	assigned: readonly (number | null)[];
	/** Tasks that can be dispatched, in the order in which they are. */
	waiting: readonly number[];
	/** By group: the host that it belongs to. */
	bound: readonly (number | null)[];
}

/** How many members of a group are in progress. */
const inProgress = ({ assigned }: AppServerContext, { tasks }: Group): number =>
	assigned.filter((task) => task !== null && tasks.includes(task)).length;

/** The task that a host is given when it asks: what it was given before, else the first that waits and that it may take. */
export function givenTo(context: AppServerContext, host: number): number | null {
	const { assigned, waiting, groups, bound } = context;
	const mayTake = (task: number): boolean =>
		groups.every((group, place) => {
			if (!group.tasks.includes(task)) return true;
			if (group.hosts > 1) return inProgress(context, group) < group.hosts;
			return (bound[place] ?? host) === host;
		});
	return assigned[host] ?? waiting.find(mayTake) ?? null;
}

/** Single-host groups that hold the task belong to the host. */
const boundTo = ({ groups, bound }: AppServerContext, task: number, host: number) =>
	groups.map(({ tasks, hosts }, place) =>
		hosts === 1 && tasks.includes(task) ? host : (bound[place] ?? null),
	);

const dispatched = (context: AppServerContext, event: AppServerSignal): number | null =>
	event.type === 'NEXT' ? givenTo(context, event.host) : null;

/**
 * The app server as hosts see it: up or down, who runs what, and what waits for a host. A host that
 * asks is given again what it was already assigned, else the first task that waits and that its group,
 * if it is in one, lets it take.
 */
export const appServerMachine = setup({
	types: {
		context: {} as AppServerContext,
		events: {} as AppServerSignal,
		input: {} as AppServerInput,
	},
	actions: utterances,
	guards: {
		'assigned before': ({ context, event }) =>
			event.type === 'NEXT' && (context.assigned[event.host] ?? null) !== null,
		'a task waits': ({ context, event }) => dispatched(context, event) !== null,
	},
}).createMachine({
	id: 'app server',
	context: ({ input }) => ({
		units: input.units,
		groups: input.groups,
		assigned: new Array<null>(input.hosts).fill(null),
		waiting: [],
		bound: input.groups.map(() => null),
	}),
	initial: 'up',
	on: {
		/** A group that nobody works on is free for another host after an hour. */
		HOURS: {
			actions: assign({
				bound: ({ context }) =>
					context.bound.map((host, place) => {
						const group = context.groups[place];
						return group !== undefined && inProgress(context, group) > 0 ? host : null;
					}),
			}),
		},
	},
	states: {
		up: {
			on: {
				NEXT: [
					{
						guard: 'assigned before',
						actions: {
							type: 'signal',
							params: ({ context, event }): SignalTo => ({
								to: 'task',
								task: givenTo(context, event.host) ?? 0,
								signal: { type: 'RESEND', host: event.host },
							}),
						},
					},
					{
						guard: 'a task waits',
						actions: [
							{
								type: 'signal',
								params: ({ context, event }): SignalTo => ({
									to: 'task',
									task: givenTo(context, event.host) ?? 0,
									signal: { type: 'DISPATCH', host: event.host },
								}),
							},
							assign(({ context, event }) => {
								const task = givenTo(context, event.host) ?? 0;
								return {
									assigned: context.assigned.map((old, host) => (host === event.host ? task : old)),
									bound: boundTo(context, task, event.host),
								};
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
				READY: {
					actions: assign({
						waiting: ({ context, event }) => [...context.waiting, event.task].sort((a, b) => a - b),
					}),
				},
				NOT_READY: {
					actions: assign({
						waiting: ({ context, event }) => context.waiting.filter((task) => task !== event.task),
					}),
				},
				RELEASE: {
					actions: assign({
						bound: ({ context, event }) =>
							context.bound.map((host, group) => (group === event.group ? null : host)),
					}),
				},
				VERSION_FAILED: {
					actions: {
						type: 'signalEach',
						params: ({ context }): SignalTo[] =>
							Array.from({ length: context.units }, (_, unit) => ({
								to: 'unit',
								unit,
								signal: { type: 'GIVE_UP' },
							})),
					},
				},
				CRASH: 'down',
			},
		},
		down: { on: { RETURN: 'up' } },
	},
});
