import { z } from 'zod';
import { Project } from '../../model/vocabulary/project.ts';
import { PolicyInForce } from '../../model/vocabulary/setup.ts';
import { THE_POLICY } from '../store/store.ts';
import { LightResponse, type WireRequest } from '../wire/exchange.ts';
import { readBody } from './body.ts';
import type { Context } from './context.ts';
import { groupOfTask } from './instances.ts';
import { newHost, newProject } from './loading.ts';
import { accept, refuse } from './reply.ts';
import { newUser } from './users.ts';

const nameTooLong = (id: string): boolean => id.length > 300;
const TOO_LONG = refuse(400, null, 'the id is longer than 300 characters');

/** `PUT admin/projects/{id}`: loads a project, or replaces its definition; its quota stays as it is used. */
export async function putProject(
	context: Context,
	request: WireRequest,
	id: string,
): Promise<LightResponse> {
	const definition = await readBody(Project, request);
	if (definition instanceof LightResponse) return definition;
	if (definition.id !== id) return refuse(400, null, 'the project has another id than the path');
	const {
		slots: _,
		policy: __,
		...project
	} = newProject(
		definition,
		definition.tasks.map(({ name }) => ({ task: name, group: groupOfTask(definition, name) })),
	);
	await context.store.transaction(async (tx) => {
		const before = await tx.project(id);
		const { slots = [], policy = null } = before ?? {};
		await tx.saveProject({ ...project, slots, policy });
	});
	return new LightResponse(200, { id, ignored_flags: project.ignored_flags });
}

/** `PUT admin/hosts/{id}`: registers a host, or gives it a new secret; a disabled one may work again, one that is gone may not. */
export async function putHost(context: Context, id: string): Promise<LightResponse> {
	if (nameTooLong(id)) return TOO_LONG;
	const secret = context.randomness.secret();
	return context.store.transaction(async (tx) => {
		const before = await tx.host(id);
		if (before?.gone === true) return refuse(409, null, 'the host was taken away for good');
		await tx.saveHost({ ...newHost(id, secret), running: before?.running ?? null });
		return new LightResponse(200, { outcome: 'ok', id, secret });
	});
}

/**
 * `DELETE admin/hosts/{id}`: takes a host away for good. What it runs is ended by the monitor, as nothing that the host
 * says keeps it alive any more (S8, L2); repeating it changes nothing.
 */
export const deleteHost = (context: Context, id: string): Promise<LightResponse> =>
	context.store.transaction(async (tx) => {
		const host = await tx.host(id);
		if (host === undefined) return refuse(404, null, 'no such host');
		await tx.saveHost(context.rules.takenAway(host));
		return accept('ok');
	});

export const UserRequest = z.strictObject({ roles: z.array(z.enum(['user', 'admin'])).max(2) });

/** `PUT admin/users/{id}`: registers a user, or gives a user other roles and a new key. */
export async function putUser(
	context: Context,
	request: WireRequest,
	id: string,
): Promise<LightResponse> {
	if (nameTooLong(id)) return TOO_LONG;
	const asked = await readBody(UserRequest, request);
	if (asked instanceof LightResponse) return asked;
	const { user, key } = newUser(context, id, [...new Set(asked.roles)]);
	await context.store.transaction((tx) => tx.saveUser(user));
	return new LightResponse(200, { id, roles: user.roles, key });
}

/** `PUT admin/projects/{id}/policy`: the same for that project alone, whatever the store's says. */
export async function putProjectPolicy(
	context: Context,
	request: WireRequest,
	id: string,
): Promise<LightResponse> {
	const asked = await readBody(PolicyInForce, request);
	if (asked instanceof LightResponse) return asked;
	const policy = context.rules.keptOf(asked, context);
	return context.store.transaction(async (tx) => {
		if (context.rules.concernsAll(id)) {
			await tx.savePolicy({ id: THE_POLICY, heeded: policy });
			return accept('ok');
		}
		const project = await tx.project(id);
		if (project === undefined) return refuse(404, null, 'no such project');
		await tx.saveProject({ ...project, policy });
		return accept('ok');
	});
}

/**
 * `PUT admin/policy`: what is heeded from now on of all projects without a policy of their own; what was granted before
 * stays granted (S1, S7).
 */
export async function putPolicy(context: Context, request: WireRequest): Promise<LightResponse> {
	const asked = await readBody(PolicyInForce, request);
	if (asked instanceof LightResponse) return asked;
	const heeded = context.rules.keptOf(asked, context);
	await context.store.transaction((tx) => tx.savePolicy({ id: THE_POLICY, heeded }));
	return accept('ok');
}
