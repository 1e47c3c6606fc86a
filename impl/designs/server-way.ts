import type { Context } from '../server/context.ts';
import type { Awaitable, TaskRecord, Transaction } from '../store/store.ts';
import type { LightResponse, WireRequest } from '../wire/exchange.ts';

/** How a request for a restart gets in at the app server. What is decided then is the same for all. */
export interface ServerWay {
	/**
	 * Reads what a mark shows before the transaction; within it, tells the task whose live execution in
	 * progress may be marked, or refuses.
	 */
	admit(
		context: Context,
		request: WireRequest,
		taskId: string,
	): Awaitable<(tx: Transaction) => Promise<TaskRecord | LightResponse>>;
	/** Decides, in the transaction of a failed end, on the request for a restart that came with it: the task as it is then. */
	decideWithEnd?(context: Context, tx: Transaction, task: TaskRecord): Promise<TaskRecord>;
}
