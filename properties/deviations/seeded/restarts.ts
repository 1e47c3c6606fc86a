import { RULES } from '../../../impl/server/rules.ts';
import { isInProgress } from '../../../impl/store/task-state.ts';
import type { Fault } from '../../systems/fault.ts';

/** Restarts. */
export const RESTARTS: readonly Fault[] = [
	{
		id: 'a granted mark is not kept',
		where: 'unit RESTART',
		breaks: ['L1'],
		rules: { keeps: () => false },
		toured: { by: 'users', breaks: 'L1', far: true },
		told: 'soon',
	},
	{
		id: 'a unit restarts before it is settled',
		where: 'unit CONSIDER due',
		breaks: ['S11', 'S5'],
		elsewhere: ['S2'],
		rules: { isSettled: () => true },
		// First when the monitor restarts it and nobody has ended: only the number of the display task rises.
		toured: { by: 'display-abort', breaks: 'S11' },
		told: 'soon',
	},
	{
		id: 'a unit waits for those in progress only',
		where: 'unit CONSIDER due',
		breaks: ['S5'],
		rules: { isSettled: (members) => !members.some(({ task }) => isInProgress(task)) },
		toured: { by: 'display-abort', breaks: 'S5' },
	},
	{
		id: 'the restart of all restarts the failed',
		where: 'unit RESTART_FOR_USER',
		breaks: ['C4'],
		rules: { restarting: (members) => RULES.restarting(members, true) },
		toured: { by: 'display-users', breaks: 'C4', far: true },
		told: 'soon',
	},
	{
		id: 'a restarted task keeps its mark',
		where: 'task RENEW',
		breaks: ['S7'],
		rules: {
			reset: (ended, by, secret) => ({ ...RULES.reset(ended, by, secret), mark: ended.mark }),
		},
		toured: { by: 'users', breaks: 'S7', far: true },
		told: 'soon',
	},
	{
		id: 'a restarted task is still aborted',
		where: 'task RENEW',
		breaks: ['S12'],
		rules: {
			reset: (ended, by, secret) => ({ ...RULES.reset(ended, by, secret), aborted: ended.aborted }),
		},
		toured: { by: 'users', breaks: 'S12' },
		told: 'seldom',
	},
	{
		id: 'a restarted task keeps its secret',
		where: 'task RENEW',
		breaks: ['S12'],
		rules: {
			reset: (ended, by, secret) => ({ ...RULES.reset(ended, by, secret), secret: ended.secret }),
		},
		toured: { by: 'users', breaks: 'S12' },
		told: 'soon',
	},
	{
		id: 'a restart by a user gives the budget anew',
		where: 'task RENEW',
		breaks: ['S1'],
		rules: {
			reset: (ended, by, secret) => ({
				...RULES.reset(ended, by, secret),
				automatic_restarts: by.by === 'user' ? 0 : ended.automatic_restarts,
			}),
		},
		toured: { by: 'users', breaks: 'S1', far: true },
	},
	{
		id: 'a restart keeps the host',
		where: 'task RENEW',
		breaks: ['S12'],
		rules: {
			reset: (ended, by, secret) => ({ ...RULES.reset(ended, by, secret), host: ended.host }),
		},
		told: 'soon',
	},
	{
		id: 'a restart keeps the time of dispatch',
		where: 'task RENEW',
		breaks: ['S12'],
		rules: {
			reset: (ended, by, secret) => ({
				...RULES.reset(ended, by, secret),
				dispatched_at_ms: ended.dispatched_at_ms,
			}),
		},
		told: 'soon',
	},
	{
		id: 'a restart keeps what was said',
		where: 'task RENEW',
		breaks: ['S12'],
		rules: {
			reset: (ended, by, secret) => ({ ...RULES.reset(ended, by, secret), remarks: ended.remarks }),
		},
		toured: { by: 'remarks', breaks: 'S12' },
		told: 'soon',
	},
	{
		id: 'the history does not keep what was said',
		where: 'task RENEW',
		breaks: ['S11'],
		rules: {
			kept: (ended) => RULES.kept(ended).map((one) => ({ ...one, remarks: null })),
		},
		toured: { by: 'remarks', breaks: null },
		told: 'soon',
	},
	{
		id: 'the history does not keep how a command exited',
		where: 'task RENEW',
		breaks: ['S15'],
		elsewhere: ['S11'],
		rules: {
			kept: (ended) =>
				RULES.kept(ended).map(({ details: { exit: _, ...details }, ...one }) => ({
					...one,
					details,
				})),
		},
		told: 'soon',
	},
	{
		id: 'a restart leaves a number out',
		where: 'task RENEW',
		breaks: ['S11'],
		rules: {
			reset: (ended, by, secret) => ({
				...RULES.reset(ended, by, secret),
				execution: ended.execution + 2,
			}),
		},
		told: 'soon',
	},
	{
		id: 'a restart counts anew',
		where: 'task RENEW',
		breaks: ['S1'],
		rules: {
			reset: (ended, by, secret) => ({ ...RULES.reset(ended, by, secret), automatic_restarts: 0 }),
		},
		told: 'soon',
	},
	{
		id: 'a restart of the unit is not counted',
		where: 'task RENEW',
		breaks: ['S11'],
		rules: {
			reset: (ended, by, secret) => ({ ...RULES.reset(ended, by, secret), unit_restarts: 0 }),
		},
		told: 'seldom',
	},
	{
		id: 'a restart is taken for a scheduled run',
		where: 'task RENEW',
		breaks: ['S13'],
		rules: { reset: (ended, _, secret) => RULES.reset(ended, { by: 'schedule' }, secret) },
		told: 'soon',
	},
	{
		id: 'a restart is taken for a user’s',
		where: 'task RENEW',
		breaks: ['S13'],
		rules: { reset: (ended, _, secret) => RULES.reset(ended, { by: 'user' }, secret) },
		told: 'soon',
	},
	{
		id: 'a restarted task is not scheduled',
		where: 'task RENEW',
		breaks: ['L5'],
		rules: {
			reset: (ended, by, secret) => ({ ...RULES.reset(ended, by, secret), activated: false }),
		},
		told: 'soon',
	},
	{
		id: "a user's restart of what was pending is taken for the app server's",
		where: 'unit RESTART_FOR_USER',
		breaks: ['S17'],
		rules: {
			reset: (ended, by, secret) =>
				RULES.reset(
					ended,
					by.by === 'user' && ended.restart_pending ? { by: 'system' } : by,
					secret,
				),
		},
		told: 'seldom',
	},
];
