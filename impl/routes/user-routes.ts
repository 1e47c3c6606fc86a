import { z } from 'zod';
import { abortTask } from '../server/abort.ts';
import { RestartRequest, restartForUser } from '../server/restart.ts';
import {
	restartVersionWhenFinished,
	restartWhenFinished,
	VersionWhenFinishedRequest,
	WhenFinishedRequest,
} from '../server/restart-when-finished.ts';
import { getTask } from '../server/task-report.ts';
import {
	abortVersion,
	getVersion,
	getVersionTasks,
	RestartVersionRequest,
	restartVersion,
} from '../server/versions.ts';
import { PREFIX } from '../wire/path.ts';
import { said } from './agent-schemas.ts';
import type { Route } from './route.ts';
import { TaskReport, TaskWithHistory, Version, VersionAnswer } from './user-schemas.ts';

/** What a user does (lifecycle 6.5). */
export const USER_ROUTES: readonly Route[] = [
	{
		method: 'get',
		path: `${PREFIX}/tasks/{task}`,
		name: 'getTask',
		summary: 'A task with all its executions',
		access: 'user',
		success: { status: 200, body: TaskWithHistory },
		refusals: [404],
		handle: (context, _, { task }) => getTask(context, task),
	},
	{
		method: 'post',
		path: `${PREFIX}/tasks/{task}/abort`,
		name: 'abortTask',
		summary: 'Abort the execution in progress of a task, or those of a display task',
		access: 'user',
		success: { status: 200, body: said('ok') },
		refusals: [400, 404],
		handle: (context, _, { task }) => abortTask(context, task),
	},
	{
		method: 'post',
		path: `${PREFIX}/tasks/{task}/restart`,
		name: 'restartTask',
		summary: 'Restart an execution that has ended, and what restarts with it, or a display task',
		access: 'user',
		body: RestartRequest,
		success: { status: 200, body: said('ok', 'older', 'nothing_failed') },
		refusals: [400, 404],
		handle: (context, request, { task }) => restartForUser(context, request, task),
	},
	{
		method: 'post',
		path: `${PREFIX}/tasks/{task}/restart_when_finished`,
		name: 'restartTaskWhenFinished',
		summary:
			'Restart a task, and what restarts with it, or a display task, as soon as all of it has ended',
		access: 'user',
		body: WhenFinishedRequest,
		success: { status: 200, body: said('ok', 'will_restart', 'older', 'nothing_failed') },
		refusals: [400, 404],
		handle: (context, request, { task }) => restartWhenFinished(context, request, task),
	},
	{
		method: 'get',
		path: `${PREFIX}/versions/{version}`,
		name: 'getVersion',
		summary: 'A version',
		access: 'user',
		success: { status: 200, body: Version },
		refusals: [404],
		handle: (context, _, { version }) => getVersion(context, version),
	},
	{
		method: 'get',
		path: `${PREFIX}/versions/{version}/tasks`,
		name: 'getVersionTasks',
		summary: 'The tasks of a version',
		access: 'user',
		success: { status: 200, body: z.array(TaskReport) },
		refusals: [404],
		handle: (context, _, { version }) => getVersionTasks(context, version),
	},
	{
		method: 'post',
		path: `${PREFIX}/versions/{version}/abort`,
		name: 'abortVersion',
		summary: 'Abort every execution in progress, and take back what is to be restarted',
		access: 'user',
		success: { status: 200, body: VersionAnswer },
		refusals: [404],
		handle: (context, _, { version }) => abortVersion(context, version),
	},
	{
		method: 'post',
		path: `${PREFIX}/versions/{version}/restart`,
		name: 'restartVersion',
		summary: 'Restart the executions that are named',
		access: 'user',
		body: RestartVersionRequest,
		success: { status: 200, body: VersionAnswer },
		refusals: [400, 404],
		handle: (context, request, { version }) => restartVersion(context, request, version),
	},
	{
		method: 'post',
		path: `${PREFIX}/versions/{version}/restart_when_finished`,
		name: 'restartVersionWhenFinished',
		summary:
			'Restart the executions that are named as soon as all that restarts with each has ended',
		access: 'user',
		body: VersionWhenFinishedRequest,
		success: { status: 200, body: VersionAnswer },
		refusals: [400, 404],
		handle: (context, request, { version }) =>
			restartVersionWhenFinished(context, request, version),
	},
];
