import type { PolicyInForce } from '../../model/vocabulary/setup.ts';
import type { Clock } from '../ports/clock.ts';
import type { Journal } from '../ports/journal.ts';
import type { Randomness } from '../ports/randomness.ts';
import type { SameSecret } from '../ports/same-secret.ts';
import type { Awaitable, Role, Store, TaskRecord, Transaction } from '../store/store.ts';
import type { LightResponse, WireRequest } from '../wire/exchange.ts';
import type { Rules } from './rules.ts';

/** What every handler works with. */
export interface Context {
	readonly store: Store;
	readonly clock: Clock;
	readonly randomness: Randomness;
	/** What it is started with; it counts until an admin has said otherwise, see `Rules.heeded`. */
	readonly policy: PolicyInForce;
	readonly rules: Rules;
	readonly variant: ServerVariant;
	readonly checkUser: UserCheck;
	readonly sameSecret: SameSecret;
	readonly journal: Journal | null;
}

/** Null for a user who may make this request, or the reply that refuses it. */
export type UserCheck = (
	context: Context,
	request: WireRequest,
	role: Role,
) => Awaitable<LightResponse | null>;

/** How a request for a restart gets in at the app server. What is decided then is the same for all. */
export interface ServerVariant {
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
