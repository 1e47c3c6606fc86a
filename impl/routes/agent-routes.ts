import { agentSetup, disableHost } from '../server/agent-setup.ts';
import { end } from '../server/end.ts';
import { heartbeat } from '../server/heartbeat.ts';
import { mark } from '../server/mark.ts';
import { nextTask } from '../server/next-task.ts';
import { start } from '../server/start.ts';
import { s3Usage } from '../server/usage.ts';
import { EndDetail } from '../wire/end-detail.ts';
import { PREFIX } from '../wire/path.ts';
import { AgentSetup, Heartbeat, NextTask, said } from './agent-schemas.ts';
import type { Route } from './route.ts';

/** What an agent does (lifecycle 6.3): calls 1, 2, 11 to 14, and 17 to 19. */
export const AGENT_ROUTES: readonly Route[] = [
	{
		method: 'get',
		path: `${PREFIX}/agent/setup`,
		name: 'agentSetup',
		summary: 'What an agent must know as it begins',
		access: 'host',
		success: { status: 200, body: AgentSetup },
		handle: (context, request) => agentSetup(context, request),
	},
	{
		method: 'get',
		path: `${PREFIX}/hosts/{host}/agent/next_task`,
		name: 'nextTask',
		call: 'next',
		summary: 'What the host is to run now',
		access: 'host',
		success: { status: 200, body: NextTask },
		handle: (context, request, { host }) => nextTask(context, request, host),
	},
	{
		method: 'post',
		path: `${PREFIX}/task/{task}/start`,
		name: 'start',
		call: 'start',
		summary: 'The agent begins',
		access: 'task',
		success: { status: 200, body: said('ok') },
		handle: (context, request, { task }) => start(context, request, task),
	},
	{
		method: 'post',
		path: `${PREFIX}/task/{task}/heartbeat`,
		name: 'heartbeat',
		call: 'heartbeat',
		summary: 'The agent lives, and learns of an abort',
		access: 'task',
		success: { status: 200, body: Heartbeat },
		handle: (context, request, { task }) => heartbeat(context, request, task),
	},
	{
		method: 'post',
		path: `${PREFIX}/task/{task}/restart`,
		name: 'mark',
		call: 'mark',
		summary: 'Restart the task when it ends',
		access: 'task',
		success: { status: 200, body: said('granted', 'already_granted', 'ignored_aborted') },
		refusals: [400, 429],
		handle: (context, request, { task }) => mark(context, request, task),
	},
	{
		method: 'post',
		path: `${PREFIX}/hosts/{host}/task/{task}/end`,
		name: 'end',
		call: 'end',
		summary: 'The execution ended',
		access: 'task',
		body: EndDetail,
		success: { status: 200, body: said('ok', 'already_ended') },
		refusals: [400],
		handle: (context, request, { host, task }) => end(context, request, host, task),
	},
	{
		method: 'post',
		path: `${PREFIX}/task/{task}/s3_usage`,
		name: 's3Usage',
		summary: 'What the execution stored; nothing is kept of it',
		access: 'task',
		success: { status: 200, body: said('ok') },
		handle: (context, request, { task }) => s3Usage(context, request, task),
	},
	{
		method: 'post',
		path: `${PREFIX}/hosts/{host}/disable`,
		name: 'disableHost',
		summary: 'The host can run nothing more',
		access: 'host',
		success: { status: 200, body: said('ok') },
		handle: (context, request, { host }) => disableHost(context, request, host),
	},
];
