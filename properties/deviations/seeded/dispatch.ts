import { RULES } from '../../../impl/server/rules.ts';
import type { Fault } from '../../systems/fault.ts';

/** Dispatch, and what waits. */
export const DISPATCH: readonly Fault[] = [
	{
		id: 'a task is given though it waits for another',
		where: 'unit SEES',
		breaks: ['S16'],
		rules: {
			firstReady: async (tx) =>
				(await tx.tasksOfVersion('project_1')).find(({ status }) => status === 'undispatched'),
		},
		toured: { by: 'dependents', breaks: 'S16' },
	},
	{
		id: 'a restarted task is never dispatched',
		where: 'unit SEES',
		breaks: ['L5'],
		rules: {
			firstReady: async (tx, host, now_ms) => {
				const task = await tx.firstReady(host, now_ms);
				return task !== undefined && task.execution > 0 ? undefined : task;
			},
		},
		told: 'soon',
	},
	{
		id: 'a member of a group is never dispatched',
		where: 'unit SEES',
		breaks: ['L5'],
		rules: {
			firstReady: async (tx, host, now_ms) => {
				const task = await tx.firstReady(host, now_ms);
				return task?.place?.group ? undefined : task;
			},
		},
		told: 'soon',
	},
	{
		id: 'a dependent waits for ever',
		where: 'unit SEES',
		breaks: ['L1'],
		elsewhere: ['S13'],
		rules: { sightOf: () => 'open' },
		told: 'seldom',
	},
	{
		id: 'a dependent runs whatever it waits for',
		where: 'unit SEES',
		breaks: ['L1'],
		elsewhere: ['S13'],
		rules: { sightOf: () => 'success' },
		told: 'seldom',
	},
	{
		id: 'a dependent of a blocked task waits',
		where: 'unit SEES',
		breaks: ['L1'],
		elsewhere: ['C5'],
		rules: {
			sightOf: (awaited) => {
				const sight = RULES.sightOf(awaited);
				return sight === 'blocked' ? 'open' : sight;
			},
		},
		told: 'seldom',
	},
	{
		id: 'a host that asks again is given the next task',
		where: 'app server NEXT',
		breaks: ['S10'],
		rules: { isBusy: () => false },
		told: 'soon',
	},
];
