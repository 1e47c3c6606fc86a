import { slotsInUse } from '../../impl/server/quota.ts';
import { RULES } from '../../impl/server/rules.ts';
import { isInProgress } from '../../impl/store/task-state.ts';
import { type Fault, server } from './fault.ts';

/** An app server that is wrong in one decision about what restarts together, or about the quota: one or more for each transition. */
export const UNIT_FAULTS: readonly Fault[] = [
	{
		what: 'the cap is not looked at',
		transition: 'unit JOIN at cap',
		reference: server({ isAtCap: () => false }),
		foundBy: 'limits-late',
		breaks: null,
		isFar: true,
	},
	{
		what: 'the cap is one too high',
		transition: 'unit JOIN at cap',
		reference: server({ isAtCap: (task, policy) => task.execution > policy.execution_cap }),
		foundBy: 'limits-late',
		breaks: null,
		isFar: true,
	},
	{
		what: 'the budget is never spent',
		transition: 'unit JOIN no budget',
		reference: server({ isBudgetSpent: () => false }),
		foundBy: 'quota',
		breaks: 'S1',
		isFar: true,
	},
	{
		what: 'the budget is one too high',
		transition: 'unit JOIN no budget',
		reference: server({
			isBudgetSpent: (first, policy) => first.automatic_restarts > policy.max_automatic_restarts,
		}),
		foundBy: 'quota',
		breaks: 'S1',
		isFar: true,
	},
	{
		what: 'the quota is never spent',
		transition: 'quota TAKE full',
		reference: server({ isQuotaSpent: () => false }),
		foundBy: 'quota',
		breaks: 'S7',
		isFar: true,
	},
	{
		what: 'the quota is one too high',
		transition: 'quota TAKE full',
		reference: server({
			isQuotaSpent: (project, policy, now) =>
				policy.daily_limit > 0 && slotsInUse(project.slots, now) > policy.daily_limit,
		}),
		foundBy: 'quota',
		breaks: 'S7',
		isFar: true,
	},
	{
		what: 'slots are never free again',
		transition: 'quota HOURS',
		reference: server({
			isQuotaSpent: (project, policy) =>
				policy.daily_limit > 0 && project.slots.length >= policy.daily_limit,
		}),
		foundBy: 'quota',
		breaks: 'S7',
		isFar: true,
	},
	{
		what: 'a full quota is refused as anything else',
		transition: 'unit FULL',
		reference: server({ statusOf: () => 400 }),
		foundBy: 'quota',
		breaks: null,
		isFar: true,
	},
	{
		what: 'a member that is granted does not join the list',
		transition: 'unit JOIN marked',
		reference: server({ joins: () => false }),
		foundBy: 'joining',
		breaks: 'L1',
		isFar: true,
	},
	{
		what: 'a member always joins',
		transition: 'unit JOIN unmarked',
		reference: server({ joins: () => true }),
		foundBy: 'quota',
		breaks: 'S1',
		isFar: true,
	},
	{
		what: 'an abort leaves the mark',
		transition: 'unit WITHDRAWN',
		reference: server({ withdraws: () => false }),
		foundBy: 'users',
		breaks: 'S3',
	},
	{
		what: 'members that ended stay on the list of an aborted display task',
		transition: 'unit CALL_OFF',
		reference: server({ calledOff: () => [] }),
		foundBy: 'display-abort',
		breaks: 'S3',
		isFar: true,
	},
	{
		what: 'a success stays on the list',
		transition: 'unit FINISHED no other',
		reference: server({ leavesList: () => false }),
		foundBy: 'background',
		breaks: 'S2',
		isFar: true,
	},
	{
		what: 'a failure leaves the list',
		transition: 'unit FINISHED',
		reference: server({ leavesList: (ended) => ended.restart_pending }),
		foundBy: 'users',
		breaks: 'S7',
		isFar: true,
	},
	{
		what: 'a granted mark is not kept',
		transition: 'unit RESTART',
		reference: server({ keeps: () => false }),
		foundBy: 'users',
		breaks: 'L1',
		isFar: true,
	},
	{
		what: 'a unit restarts before it is settled',
		transition: 'unit CONSIDER due',
		reference: server({ isSettled: () => true }),
		foundBy: 'display-abort',
		breaks: 'S11',
	},
	{
		what: 'a unit waits for those in progress only',
		transition: 'unit CONSIDER due',
		reference: server({ isSettled: (members) => !members.some(({ task }) => isInProgress(task)) }),
		foundBy: 'display-abort',
		breaks: 'S5',
	},
	{
		what: 'the monitor keeps no promise',
		transition: 'unit MONITOR',
		reference: server({ resumes: () => false }),
		foundBy: 'dependents',
		breaks: 'L1',
	},
	{
		what: 'the monitor keeps none of a display task',
		transition: 'unit MONITOR',
		reference: server({ resumes: (first) => first.place === null }),
		foundBy: 'display-crash',
		breaks: 'L1',
		isFar: true,
	},
	{
		what: 'the monitor keeps none of a group',
		transition: 'unit MONITOR',
		reference: server({ resumes: (first) => first.place?.group == null }),
		foundBy: 'group-crash',
		breaks: 'L1',
	},
	{
		what: 'the restart of the failed restarts all',
		transition: 'unit RESTART_FOR_USER some',
		reference: server({ restarting: (members) => RULES.restarting(members, false) }),
		foundBy: 'display-users',
		breaks: 'C4',
		isFar: true,
	},
	{
		what: 'the restart of all restarts the failed',
		transition: 'unit RESTART_FOR_USER',
		reference: server({ restarting: (members) => RULES.restarting(members, true) }),
		foundBy: 'display-users',
		breaks: 'C4',
		isFar: true,
	},
	{
		what: 'a lost execution is never repaired',
		transition: 'unit repairs',
		reference: server({ isRepaired: () => false }),
		foundBy: 'stale',
		breaks: 'L6',
	},
	{
		what: 'a lost execution is always repaired',
		transition: 'unit repairs',
		reference: server({
			isRepaired: (ended, policy) => policy.restart_system_failed === true && !ended.aborted,
		}),
		foundBy: 'stale',
		breaks: 'L6',
	},
	{
		what: 'a failure aborts no others of the merge queue',
		transition: 'unit GIVE_UP',
		reference: server({ abortsOthers: () => false }),
		foundBy: 'merge-version',
		breaks: 'S21',
	},
	{
		what: 'an abort aborts the others of the merge queue',
		transition: 'unit GIVE_UP',
		reference: server({
			abortsOthers: (ended) =>
				ended.status === 'failed' && ended.requester === 'github_merge_request',
		}),
		foundBy: 'merge-version',
		breaks: 'S21',
	},
	{
		what: 'a task is given though it waits for another',
		transition: 'unit SEES',
		reference: server({
			firstReady: async (tx) =>
				(await tx.tasksOfVersion('project_1')).find(({ status }) => status === 'undispatched'),
		}),
		foundBy: 'dependents',
		breaks: 'S16',
	},
	{
		what: 'a member of a group does not see that the one before it failed',
		transition: 'unit SEES',
		reference: server({
			sightOf: (awaited) => {
				const sight = RULES.sightOf(awaited);
				return sight === 'failed' ? 'success' : sight;
			},
		}),
		foundBy: 'group-crash',
		breaks: 'L1',
	},
];
