import type { Fault } from '../../systems/fault.ts';

/** Aborts. */
export const ABORTS: readonly Fault[] = [
	{
		id: 'an abort is forgotten',
		where: 'task ABORT',
		breaks: ['S3'],
		rules: { abort: (task) => task },
		toured: { by: 'users', breaks: 'S3' },
		told: 'seldom',
	},
	{
		id: 'an abort ends the execution',
		where: 'task ABORT',
		breaks: ['S18'],
		rules: { abort: (task) => ({ ...task, aborted: true, status: 'failed' }) },
		told: 'seldom',
	},
	{
		id: 'an abort unschedules the task',
		where: 'task ABORT',
		breaks: ['L5'],
		rules: { abort: (task) => ({ ...task, aborted: true, activated: false }) },
		told: 'soon',
	},
	{
		id: 'an abort of several reaches the first',
		where: 'task ABORT',
		breaks: ['S3'],
		rules: { reached: (running) => running.slice(0, 1) },
		told: 'seldom',
	},
];
