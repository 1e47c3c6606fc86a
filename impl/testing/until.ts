import { setTimeout as delay } from 'node:timers/promises';

const TIMEOUT_MS = 20_000;

/** Waits until something is so; fails after a while, saying what was waited for. */
export async function until(
	what: string,
	isSo: () => unknown,
	timeout_ms = TIMEOUT_MS,
): Promise<void> {
	const began = performance.now();
	while (!isSo()) {
		if (performance.now() - began > timeout_ms) throw new Error(`waited in vain until ${what}`);
		await delay(5);
	}
}
