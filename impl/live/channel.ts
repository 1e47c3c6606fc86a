import { rmSync } from 'node:fs';
import { z } from 'zod';

/** The environment variable with the folder that a trial keeps everything in. */
export const FOLDER = 'MULLIGAN_LIVE_FOLDER';

/** One thing asked of a process by the one that started it; every order is answered once. */
export const Incoming = z.object({ id: z.int(), order: z.unknown() });
export type Incoming = z.infer<typeof Incoming>;

/** The answer to the order of that id: what it came to, or why it could not be obeyed. */
export const Outgoing = z.union([
	z.object({ id: z.int(), result: z.unknown() }),
	z.object({ id: z.int(), error: z.string() }),
]);

/** What an order comes to of which nothing is said but that it was obeyed. */
export const Nothing = z.null();

/** An order of a kind, but for its kind. */
export type Details<Order, Kind> = Omit<Extract<Order, { readonly kind: Kind }>, 'kind'>;

/** Says of each kind of order what it comes to, so that the one who asks need not. */
export const comingTo = <Results extends object>(
	results: {
		readonly [Kind in keyof Results]: z.ZodType<Results[Kind]>;
	},
) => results;

/**
 * Obeys the orders that come over the channel to the parent process, and ends this process when the
 * parent is gone, in whatever way: no child outlives a trial, and none of its files.
 *
 * @param leave called before the process ends; must not wait for anything.
 */
export function obeyParent<Order>(
	schema: z.ZodType<Order>,
	obey: (order: Order) => unknown,
	leave: () => void = () => {},
): void {
	const end = (): void => {
		leave();
		const folder = process.env[FOLDER];
		if (folder !== undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
		process.exit(0);
	};
	process.on('disconnect', end);
	// The parent may be gone before this process has read its sources.
	if (!process.connected) end();
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
