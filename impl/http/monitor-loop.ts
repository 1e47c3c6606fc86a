import type { Logger } from 'pino';

/**
 * Runs the monitor at once, which picks up what a crash left, and then again and again (L1, L2). Every
 * step of it is a transaction that looks again, so that several servers may do this on one store.
 */
export function startMonitorLoop(
	monitor: () => Promise<void>,
	every_s: number,
	log: Logger,
): { stop(): Promise<void> } {
	let stopped = false;
	let timer: NodeJS.Timeout | undefined;
	const run = async (): Promise<void> => {
		try {
			await monitor();
		} catch (error) {
			log.error({ err: error }, 'the monitor failed; it runs again');
		}
		if (!stopped)
			timer = setTimeout(() => {
				running = run();
			}, every_s * 1000);
	};
	let running = run();
	return {
		stop: async () => {
			stopped = true;
			clearTimeout(timer);
			await running;
		},
	};
}
