import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { built } from './built.ts';

const MULLIGAN = fileURLToPath(new URL('../mulligan.mjs', import.meta.url));

export interface Ended {
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
	/** What ended it, if it did not end by itself. */
	readonly signal: NodeJS.Signals | null;
}

export interface Running {
	/** Resolves when the process has said this on stderr. */
	says(text: string): Promise<void>;
	interrupt(signal?: NodeJS.Signals): void;
	/** It gets no turn to do anything. */
	kill(): void;
	readonly ended: Promise<Ended>;
}

const children = new Set<ChildProcess>();

/** Ends what a failed test left running. */
export function endAll(): void {
	for (const child of children) child.kill('SIGKILL');
}

/** Starts `mulligan` as a user does: a process of its own, in a folder of its own. */
export const start = (folder: string, ...args: readonly string[]): Running =>
	startWith({}, folder, MULLIGAN, ...args);

/** Starts any script in a process of its own. */
export const startScript = (folder: string, ...args: readonly string[]): Running =>
	startWith({}, folder, ...args);

/** Starts `mulligan` with these variables in its environment. */
export const startIn = (
	env: Readonly<Record<string, string>>,
	folder: string,
	...args: readonly string[]
): Running => startWith(env, folder, MULLIGAN, ...args);

function startWith(
	env: Readonly<Record<string, string>>,
	folder: string,
	...args: readonly string[]
): Running {
	const child = spawn(process.execPath, args, { cwd: folder, env: { ...built(), ...env } });
	children.add(child);
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
		child.on('close', (code, signal) => {
			children.delete(child);
			resolve({ code, stdout, stderr, signal });
		});
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
		interrupt: (signal = 'SIGINT') => void child.kill(signal),
		kill: () => void child.kill('SIGKILL'),
		ended,
	};
}

/** Runs `mulligan` to its end. */
export const mulligan = (folder: string, ...args: readonly string[]): Promise<Ended> =>
	start(folder, ...args).ended;
