import { LightResponse, type WireRequest } from '../wire/exchange.ts';
import type { Context } from './context.ts';
import { forAgent } from './read.ts';
import { buildOf, groupOf } from './task-group.ts';

/** The distro that every host belongs to. */
export const DISTRO = 'default';

/** Logs are not sent to the app server: the agent appends to this folder (lifecycle 6.3). */
const BUCKET = { version: 1, bucket_config: { name: 'evg-logs', type: 'local' } };

/**
 * `GET task/{id}/`: the execution on whose behalf it is asked (lifecycle 6.3, calls 4 and 15). The
 * agent of an execution that ended sees that one, never the secret of the next.
 */
export const viewTask = (
	context: Context,
	request: WireRequest,
	taskId: string,
): Promise<LightResponse> =>
	forAgent(context, request, taskId, ({ task, archived }) => {
		const { secret, execution } = archived ?? task;
		const group = groupOf(task);
		return new LightResponse(200, {
			id: task.id,
			secret,
			display_name: task.name,
			build_variant: task.variant,
			build_id: buildOf(task),
			...(group === null ? {} : { task_group: group }),
			version: task.version,
			branch: task.project,
			distro: DISTRO,
			r: task.requester,
			status: archived === null ? task.status : archived.details.status,
			activated: true,
			execution,
			abort: (archived ?? task).aborted,
			task_output_info: { task_logs: BUCKET, test_logs: BUCKET, test_results: BUCKET },
		});
	});
