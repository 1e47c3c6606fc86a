import { Project } from '../../model/vocabulary/project.ts';
import { PolicyInForce } from '../../model/vocabulary/setup.ts';
import {
	deleteHost,
	putHost,
	putPolicy,
	putProject,
	putProjectPolicy,
	putUser,
	UserRequest,
} from '../server/admin.ts';
import { scheduleVersion } from '../server/scheduling.ts';
import { VersionRequest } from '../server/version-request.ts';
import { POLICY_PATH, PREFIX } from '../wire/path.ts';
import { said } from './agent-schemas.ts';
import type { Route } from './route.ts';
import { HostSecret, LoadedProject, Scheduled, UserKey } from './user-schemas.ts';

/** What an admin does; mulligan's own, as the deployed system has other ways. */
export const ADMIN_ROUTES: readonly Route[] = [
	{
		method: 'put',
		path: `${PREFIX}/admin/projects/{project}`,
		name: 'putProject',
		summary: 'Load a project, or replace its definition',
		access: 'admin',
		body: Project,
		success: { status: 200, body: LoadedProject },
		refusals: [400],
		handle: (context, request, { project }) => putProject(context, request, project),
	},
	{
		method: 'post',
		path: `${PREFIX}/admin/projects/{project}/versions`,
		name: 'scheduleVersion',
		summary: 'Schedule a version',
		access: 'admin',
		body: VersionRequest,
		success: { status: 201, body: Scheduled },
		refusals: [400, 404, 409],
		handle: (context, request, { project }) => scheduleVersion(context, request, project),
	},
	{
		method: 'put',
		path: `${PREFIX}/admin/hosts/{host}`,
		name: 'putHost',
		summary: 'Register a host, or give it a new secret',
		access: 'admin',
		success: { status: 200, body: HostSecret },
		refusals: [400, 409],
		handle: (context, _, { host }) => putHost(context, host),
	},
	{
		method: 'delete',
		path: `${PREFIX}/admin/hosts/{host}`,
		name: 'deleteHost',
		summary: 'Take a host away for good: what it runs is lost, and whatever it says is refused',
		access: 'admin',
		success: { status: 200, body: said('ok') },
		refusals: [404],
		handle: (context, _, { host }) => deleteHost(context, host),
	},
	{
		method: 'put',
		path: `${PREFIX}/admin/users/{user}`,
		name: 'putUser',
		summary: 'Register a user, or give other roles and a new key',
		access: 'admin',
		body: UserRequest,
		success: { status: 200, body: UserKey },
		refusals: [400],
		handle: (context, request, { user }) => putUser(context, request, user),
	},
	{
		method: 'put',
		path: POLICY_PATH,
		name: 'putPolicy',
		summary:
			'Change the policy, for marks that are yet to be granted and executions that are yet to be lost',
		access: 'admin',
		body: PolicyInForce,
		success: { status: 200, body: said('ok') },
		refusals: [400],
		handle: putPolicy,
	},
	{
		method: 'put',
		path: `${PREFIX}/admin/projects/{project}/policy`,
		name: 'putProjectPolicy',
		summary: 'Change the policy of one project, which then has one of its own',
		access: 'admin',
		body: PolicyInForce,
		success: { status: 200, body: said('ok') },
		refusals: [400, 404],
		handle: (context, request, { project }) => putProjectPolicy(context, request, project),
	},
];
