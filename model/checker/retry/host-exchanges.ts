import type { Flight } from '../../system/network.ts';
import type { Setup } from '../../vocabulary/setup.ts';
import type { Exchange } from '../engine/product/product.ts';
import type { Messages } from './sandbox/messages.ts';
import type { Happened } from './sandbox/sandbox.ts';

/**
 * All ways in which hosts can change places. Hosts are alike: nothing but their names tells them apart, and who is yet to come. Tasks
 * are not: they are dispatched in the order of the setup.
 */
export const hostExchanges = (
	{ hosts, late_hosts = [] }: Pick<Setup, 'hosts' | 'late_hosts'>,
	messages: Messages,
): Exchange<Happened>[] =>
	orders(hosts.length)
		.filter((order) =>
			order.every(
				(to, from) =>
					late_hosts.includes(hosts[to] ?? '') === late_hosts.includes(hosts[from] ?? ''),
			),
		)
		.filter((order) => order.some((to, from) => to !== from))
		.map((order) => exchange(hosts, order, messages));

/** @param order by host: the one whose place it takes. */
function exchange(
	hosts: readonly string[],
	order: readonly number[],
	messages: Messages,
): Exchange<Happened> {
	const names = new Map<unknown, string>(
		hosts.map((name, host) => [name, hosts[order[host] ?? host] ?? name]),
	);
	const named = (key: string, value: unknown): unknown =>
		key === 'host' ? (names.get(value) ?? value) : value;
	const moved = (flight: Flight): Flight => ({
		...flight,
		host: order[flight.host] ?? flight.host,
		message: { ...flight.message, host: names.get(flight.message.host) ?? flight.message.host },
	});
	return {
		said: (label) => JSON.stringify(label, named),
		message: (id) => {
			const handler = messages.handler(id);
			if (handler === null) return messages.id(moved(messages.flight(id)));
			const { begun, flight } = handler;
			return messages.id({
				...handler,
				begun: JSON.parse(JSON.stringify(begun, named)),
				flight: flight === null ? null : moved(flight),
			});
		},
	};
}

/** All orders of so many. */
function orders(count: number): number[][] {
	if (count === 0) return [[]];
	return orders(count - 1).flatMap((order) =>
		Array.from({ length: count }, (_, place) => [
			...order.slice(0, place),
			count - 1,
			...order.slice(place),
		]),
	);
}
