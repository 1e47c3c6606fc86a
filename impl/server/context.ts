import type { Policy } from '../../model/vocabulary/setup.ts';
import type { ServerWay } from '../designs/server-way.ts';
import type { Clock } from '../ports/clock.ts';
import type { Journal } from '../ports/journal.ts';
import type { Randomness } from '../ports/randomness.ts';
import type { SameSecret } from '../ports/same-secret.ts';
import type { Store } from '../store/store.ts';
import type { WireRequest } from '../wire/exchange.ts';
import type { Rules } from './rules.ts';

/** What every handler works with. */
export interface Context {
	readonly store: Store;
	readonly clock: Clock;
	readonly randomness: Randomness;
	readonly policy: Policy;
	readonly rules: Rules;
	readonly way: ServerWay;
	/** Whether a user may make this request. */
	readonly admitsUser: (request: WireRequest) => boolean;
	readonly sameSecret: SameSecret;
	readonly journal: Journal | null;
}
