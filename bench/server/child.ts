import { fork } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';

const Ready = z.object({
	urls: z.tuple([z.string(), z.string()]),
	secrets: z.array(z.tuple([z.string(), z.string()])),
});

/** Starts the app server over a store in a process of its own, with a second one that does nothing. */
export async function startAppServer(place: string, agents: number) {
	const program = new URL('process.ts', import.meta.url);
	const child = fork(program, [place, String(agents)], { execArgv: ['--import', 'tsx'] });
	const say = async (): Promise<unknown> => {
		const [message]: unknown[] = await once(child, 'message');
		return message;
	};
	const { urls, secrets } = Ready.parse(await say());
	return {
		urls,
		secrets,
		/** Seconds of processor that the process has used. */
		processor_s: async (): Promise<number> => {
			child.send('processor');
			return z.number().parse(await say());
		},
		stop: async (): Promise<void> => {
			const ended = once(child, 'exit');
			child.disconnect();
			await ended;
		},
	};
}
