import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MULLIGAN = fileURLToPath(new URL('../mulligan.mjs', import.meta.url));

export interface Ended {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
	readonly stdout: string;
	readonly stderr: string;
}

export interface Running {
	/** Resolves when the process has said this on stderr. */
	says(text: string): Promise<void>;
	interrupt(): void;
	readonly ended: Promise<Ended>;
}

/** Starts `mulligan` as a user does: a process of its own, in a folder of its own. */
export function start(folder: string, ...args: readonly string[]): Running {
	const child = spawn(process.execPath, [MULLIGAN, ...args], { cwd: folder, env: {} });
	let stdout = '';
	let stderr = '';
	const listeners = new Set<() => void>();
	child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
		stdout += chunk;
	});
	child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
		stderr += chunk;
		for (const listener of listeners) listener();
	});
	const ended = new Promise<Ended>((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
	});
	return {
		says: (text) =>
			new Promise((resolve) => {
				const listen = () => {
					if (stderr.includes(text)) resolve();
				};
				listeners.add(listen);
				listen();
			}),
		interrupt: () => void child.kill('SIGINT'),
		ended,
	};
}

/** Runs `mulligan` to its end. */
export const mulligan = (folder: string, ...args: readonly string[]): Promise<Ended> =>
	start(folder, ...args).ended;
