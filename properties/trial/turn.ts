import { setImmediate } from 'node:timers/promises';

/** How long stories are told before others get a turn: signals are heard, and what goes on is said. */
const TURN_MS = 50;

let since = performance.now();

/** Whether somebody else should have a turn. */
export const isTurnDue = (): boolean => performance.now() - since > TURN_MS;

/** Lets everybody else have a turn. */
export async function turn(): Promise<void> {
	await setImmediate();
	since = performance.now();
}
