/** Most turns of the event loop that may pass before everything is at rest. */
const MOST_TURNS = 10_000;

/**
 * Waits until no microtask is left. Node turns to its tick queue only when the microtask queue is empty,
 * and the first `await` makes sure that the tick is asked for from within a microtask.
 */
async function drainMicrotasks(): Promise<void> {
	await undefined;
	await new Promise<void>((resolve) => process.nextTick(resolve));
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Waits until everything is at rest. Light objects never need a turn of the event loop, real bodies may. */
export async function untilAtRest(isAtRest: () => boolean): Promise<void> {
	await drainMicrotasks();
	for (let turn = 0; !isAtRest(); turn++) {
		if (turn === MOST_TURNS) throw new Error('an agent waits for something that is no event');
		await nextTurn();
	}
}
