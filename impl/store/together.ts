import type { Awaitable } from './store.ts';

/**
 * Two reads of one transaction, the second begun before the first is answered: a database on a socket
 * gets both at once, in this order. A store that answers at once is not made to wait.
 */
export const together = <First, Second>(
	first: Awaitable<First>,
	second: Awaitable<Second>,
): Awaitable<[First, Second]> =>
	first instanceof Promise || second instanceof Promise
		? Promise.all([first, second])
		: [first, second];
