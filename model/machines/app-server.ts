import { assign, setup } from 'xstate';
import { minutesOf } from '../vocabulary/setup.ts';
import { type AppServerSignal, type SignalTo, utterances } from './signals.ts';

/** A group whose members run on few hosts. */
interface Group {
	tasks: readonly number[];
	/** How many hosts may run them at the same time; those of one all run on the same. */
	hosts: number;
}

interface AppServerInput {
	hosts: number;
	/** Those that are yet to come. */
	late: readonly number[];
	/** By version: its units. */
	versions: readonly (readonly number[])[];
	groups: readonly Group[];
}

interface AppServerContext {
	versions: readonly (readonly number[])[];
	groups: readonly Group[];
	/** Hosts that are not there: yet to come, or gone for good. */
	away: readonly number[];
	/** By host: the task that it is down for. */
	assigned: readonly (number | null)[];
	/** Tasks that can be dispatched, in the order in which they are. */
	waiting: readonly number[];
	/** By group: the host that it belongs to. */
	bound: readonly (number | null)[];
	/** By group: minutes since nobody works on it, as long as it belongs to a host. */
	left: readonly number[];
}

const STAYS_MINUTES = minutesOf('group_stays_s');

/** How many members of a group are in progress. */
const inProgress = ({ assigned }: AppServerContext, { tasks }: Group): number =>
	assigned.filter((task) => task !== null && tasks.includes(task)).length;

/** The task that a host is given when it asks: what it was given before, else the first that waits and that it may take. */
export function givenTo(context: AppServerContext, host: number): number | null {
	const { assigned, waiting, groups, bound, away } = context;
	if (away.includes(host)) return null;
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
		'is not there': ({ context, event }) =>
			event.type === 'NEXT' && context.away.includes(event.host),
		'assigned before': ({ context, event }) =>
			event.type === 'NEXT' && (context.assigned[event.host] ?? null) !== null,
		'a task waits': ({ context, event }) => dispatched(context, event) !== null,
	},
}).createMachine({
	id: 'app server',
	context: ({ input }) => ({
		versions: input.versions,
		groups: input.groups,
		away: input.late,
		assigned: new Array<null>(input.hosts).fill(null),
		waiting: [],
		bound: input.groups.map(() => null),
		left: input.groups.map(() => 0),
	}),
	initial: 'up',
	on: {
		/** A group that nobody works on is free for another host after an hour. */
		MINUTES: {
			actions: assign(({ context, event }) => {
				const left = context.groups.map((group, place) =>
					context.bound[place] === null || inProgress(context, group) > 0
						? 0
						: (context.left[place] ?? 0) + event.minutes,
				);
				const isFree = (place: number) => (left[place] ?? 0) >= STAYS_MINUTES;
				return {
					bound: context.bound.map((host, place) => (isFree(place) ? null : host)),
					left: left.map((minutes, place) => (isFree(place) ? 0 : minutes)),
				};
			}),
		},
	},
	states: {
		up: {
			on: {
				NEXT: [
					{
						guard: 'is not there',
						actions: {
							type: 'answer',
							params: { outcome: 'refused_credentials', status: 401, execution: null },
						},
					},
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
									left: context.left.map((minutes, group) =>
										context.groups[group]?.tasks.includes(task) ? 0 : minutes,
									),
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
						left: ({ context, event }) =>
							context.left.map((minutes, group) => (group === event.group ? 0 : minutes)),
					}),
				},
				VERSION_FAILED: {
					actions: {
						type: 'signalEach',
						params: ({ context, event }): SignalTo[] =>
							context.versions
								.filter((units) => units.includes(event.unit))
								.flat()
								.map((unit) => ({ to: 'unit', unit, signal: { type: 'GIVE_UP' } })),
					},
				},
				COMES: {
					actions: assign({
						away: ({ context, event }) => context.away.filter((host) => host !== event.host),
					}),
				},
				/** What it ran stays its own until that has ended; its groups are free for others. */
				GOES: {
					actions: assign(({ context, event }) => {
						const isLeft = (place: number) => context.bound[place] === event.host;
						return {
							away: [...context.away, event.host].sort((a, b) => a - b),
							bound: context.bound.map((host, place) => (isLeft(place) ? null : host)),
							left: context.left.map((minutes, place) => (isLeft(place) ? 0 : minutes)),
						};
					}),
				},
				CRASH: 'down',
			},
		},
		down: { on: { RETURN: 'up' } },
	},
});
