import type { ServerVariant } from '../server/context.ts';
import { decide } from '../server/mark.ts';
import { flagServer } from './flag-server.ts';

/** Option 2: the end of a failed execution may carry the request, which the secrets of the end let in. */
export const localApiServer: ServerVariant = {
	...flagServer,
	async decideWithEnd(context, tx, task) {
		await decide(context, tx, task);
		return (await tx.task(task.id)) ?? task;
	},
};
