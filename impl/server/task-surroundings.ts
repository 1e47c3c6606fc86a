import type { Requester } from '../../model/vocabulary/setup.ts';
import { LightResponse, type WireRequest } from '../wire/exchange.ts';
import type { Context } from './context.ts';
import { forRunningAgent } from './read.ts';
import { refuse } from './reply.ts';

type Handler = (context: Context, request: WireRequest, taskId: string) => Promise<LightResponse>;

const ok = (body: object): LightResponse => new LightResponse(200, body);

/** `GET task/{id}/expansions_and_vars` (lifecycle 6.3, call 5): objects, never null. */
export const expansionsAndVars: Handler = (context, request, taskId) =>
	forRunningAgent(context, request, taskId, ({ task }) =>
		ok({
			expansions: {
				task_id: task.id,
				task_name: task.name,
				execution: String(task.execution),
				build_variant: task.variant,
				version_id: task.version,
				project: task.project,
				requester: task.requester,
			},
			parameters: {},
			vars: {},
			private_vars: {},
			redact_keys: [],
			internal_redactions: {},
		}),
	);

/** `GET task/{id}/display_task` (call 6): the one that the task belongs to, if any. */
export const displayTask: Handler = (context, request, taskId) =>
	forRunningAgent(context, request, taskId, ({ task }) => {
		const id = task.place?.display_task ?? null;
		return ok(id === null ? {} : { id, name: id });
	});

/** `GET task/{id}/distro_view` (call 7). */
export const distroView: Handler = (context, request, taskId) =>
	forRunningAgent(context, request, taskId, () => ok({ disable_shallow_clone: false }));

/** `GET task/{id}/host_view` (call 8). */
export const hostView: Handler = (context, request, taskId) =>
	forRunningAgent(context, request, taskId, ({ task }) => ok({ hostname: task.host }));

/** `GET task/{id}/project_ref` (call 9). */
export const projectRef: Handler = (context, request, taskId) =>
	forRunningAgent(context, request, taskId, ({ task }) =>
		ok({ id: task.project, identifier: task.project }),
	);

/** `GET task/{id}/patch` (call 10a): only tasks of a pull request or the merge queue have one. */
export const patch: Handler = (context, request, taskId) =>
	forRunningAgent(context, request, taskId, ({ task }) =>
		isGitHubPatch(task.requester)
			? ok({ Version: task.version, Project: task.project })
			: refuse(404, null, 'the task belongs to no patch'),
	);

/** `GET task/{id}/version` (call 10b). */
export const version: Handler = (context, request, taskId) =>
	forRunningAgent(context, request, taskId, ({ task }) =>
		ok({ id: task.version, identifier: task.project, requester: task.requester }),
	);

/**
 * `GET task/{id}/manifest/load`: the other repositories that a version builds upon, for which the deployed
 * agent's `git.get_project` asks. Nothing is known of any, nor of commits.
 */
export const manifest: Handler = (context, request, taskId) =>
	forRunningAgent(context, request, taskId, ({ task }) =>
		ok({
			id: task.version,
			revision: '',
			project: task.project,
			branch: '',
			modules: {},
			is_base: task.requester === 'gitter_request',
		}),
	);

const isGitHubPatch = (requester: Requester): boolean =>
	requester === 'github_pull_request' || requester === 'github_merge_request';
