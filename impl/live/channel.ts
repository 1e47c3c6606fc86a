import { z } from 'zod';

/** One thing asked of a process by the one that started it; every order is answered once. */
const Incoming = z.object({ id: z.int(), order: z.unknown() });

/** The answer to the order of that id: what it came to, or why it could not be obeyed. */
export const Outgoing = z.union([
	z.object({ id: z.int(), result: z.unknown() }),
	z.object({ id: z.int(), error: z.string() }),
]);

/**
 * Obeys the orders that come over the channel to the parent process, and ends this process when the
 * parent is gone, in whatever way: no child outlives a trial.
 *
 * @param leave called before the process ends; must not wait for anything.
 */
export function obeyParent<Order>(
	schema: z.ZodType<Order>,
	obey: (order: Order) => unknown,
	leave: () => void = () => {},
): void {
	process.on('disconnect', () => {
		leave();
		process.exit(0);
	});
	process.on('message', (message) => {
		const { id, order } = Incoming.parse(message);
		Promise.resolve()
			.then(() => obey(schema.parse(order)))
			.then((result) => send({ id, result: result ?? null }))
			.catch((error: unknown) => send({ id, error: describe(error) }));
	});
	send({ id: 0, result: 'ready' });
}

const describe = (error: unknown): string =>
	error instanceof Error ? (error.stack ?? error.message) : String(error);

/** A parent that is gone hears nothing, and is not missed: its `disconnect` ends this process. */
function send(message: z.infer<typeof Outgoing>): void {
	if (process.connected) process.send?.(message, undefined, {}, () => {});
}
