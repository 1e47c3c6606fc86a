import { codeOf, explain, isConflict, StoreError } from './errors.ts';

/** How often a transaction is run before it is given up, and how long is waited before the next time. */
export interface Retry {
	readonly attempts: number;
	readonly pause: (failures: number) => Promise<void>;
}

const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 500;

/** Ten times, with pauses that double up to half a second, each shortened by chance. */
export const RETRY: Retry = {
	attempts: 10,
	pause: (failures) =>
		new Promise((resolve) => {
			const longest_ms = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
			setTimeout(resolve, longest_ms * Math.random());
		}),
};

/** Runs a transaction again while others stand in its way. What it throws is in words. */
export async function withRetry<Result>(
	{ attempts, pause }: Retry,
	place: string,
	transact: () => Promise<Result>,
): Promise<Result> {
	for (let failures = 1; ; failures++) {
		try {
			return await transact();
		} catch (error) {
			if (!isConflict(error)) throw error;
			if (failures >= attempts)
				throw new StoreError(
					'busy',
					`the ${place} is too busy: a transaction was given up after ${attempts} attempts, ` +
						explain(error, place).message,
					codeOf(error),
				);
			await pause(failures);
		}
	}
}
