import { RULES } from '../../../impl/server/rules.ts';
import type { Fault } from '../../systems/fault.ts';

const HOUR_MS = 3_600_000;

/** The monitor, and repairs. */
export const MONITOR: readonly Fault[] = [
	{
		id: 'the monitor keeps none of a display task',
		where: 'unit MONITOR',
		breaks: ['L1'],
		rules: { resumes: (first) => first.place === null },
		toured: { by: 'display-crash', breaks: 'L1', far: true },
	},
	{
		id: 'the monitor keeps none of a group',
		where: 'unit MONITOR',
		breaks: ['L1'],
		rules: { resumes: (first) => first.place?.group == null },
		toured: { by: 'group-crash', breaks: 'L1' },
	},
	{
		id: 'a lost execution is never repaired',
		where: 'unit repairs',
		breaks: ['L6'],
		rules: { isRepaired: () => false },
		toured: { by: 'stale', breaks: 'L6' },
		told: 'seldom',
	},
	{
		id: 'a lost execution is always repaired',
		where: 'unit repairs',
		breaks: ['L6'],
		rules: {
			isRepaired: (ended, policy) => policy.restart_system_failed && !ended.aborted,
		},
		toured: { by: 'stale', breaks: 'L6' },
	},
	{
		id: 'a lost execution of the merge queue is repaired',
		where: 'unit repairs',
		breaks: ['S6'],
		rules: {
			isRepaired: (ended, policy) =>
				policy.restart_system_failed && ended.execution === 0 && !ended.aborted,
		},
		told: 'soon',
	},
	{
		id: 'a heartbeat that comes after the end brings its execution back',
		where: 'task BEAT',
		breaks: ['S10'],
		elsewhere: ['S18'],
		rules: { beat: (task, now_ms) => ({ ...task, status: 'started', last_heartbeat_ms: now_ms }) },
		told: 'soon',
	},
	{
		id: 'the monitor leaves who is not heard',
		where: 'task MONITOR silent',
		breaks: ['L2'],
		rules: { isStale: () => false },
		toured: { by: 'stale', breaks: 'L2' },
		told: 'soon',
	},
	{
		id: 'the monitor ends who was heard',
		where: 'task MONITOR silent',
		breaks: ['S20'],
		elsewhere: ['S5'],
		rules: { isStale: (task) => task.last_heartbeat_ms !== null },
		toured: { by: 'users', breaks: 'S20' },
		told: 'soon',
	},
	{
		id: 'the monitor waits for two hours',
		where: 'task MONITOR silent',
		breaks: ['L2'],
		rules: {
			isStale: (task, now_ms) =>
				task.last_heartbeat_ms !== null && now_ms - task.last_heartbeat_ms >= 2 * HOUR_MS,
		},
		told: 'soon',
	},
	{
		id: 'the monitor leaves what never started',
		where: 'task MONITOR silent',
		breaks: ['L2'],
		rules: { isStale: (task, now_ms) => task.status === 'started' && RULES.isStale(task, now_ms) },
		told: 'seldom',
	},
	{
		id: 'the monitor spares what was aborted',
		where: 'task MONITOR silent',
		breaks: ['L2'],
		rules: { isStale: (task, now_ms) => !task.aborted && RULES.isStale(task, now_ms) },
		told: 'seldom',
	},
	{
		id: 'repairs go on and on',
		where: 'unit repairs',
		breaks: ['S2'],
		rules: { isRepaired: (ended, policy) => RULES.isRepaired({ ...ended, execution: 0 }, policy) },
		told: 'seldom',
	},
	{
		id: 'what is lost is repaired, whatever the policy',
		where: 'unit repairs',
		breaks: ['S2'],
		rules: { isRepaired: (ended) => ended.execution === 0 },
		told: 'soon',
	},
];
