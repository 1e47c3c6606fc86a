import type { Awaitable, Transaction } from '../store/store.ts';
import type { Context } from './context.ts';
import type { Matter } from './rules.ts';

/** What was looked at before the transaction, in one of its own; undefined where it is held, as it should be. */
export const lookBefore = async <Seen>(
	{ store, rules }: Context,
	matter: Matter,
	look: (tx: Transaction) => Awaitable<Seen>,
): Promise<Seen | undefined> => (rules.holds(matter) ? undefined : store.transaction(look));
