import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const SCRIPT = join(import.meta.dirname, '../mulligan.mjs');

/** The command line as a process of its own, which is killed when the test is over. */
export class Mulligan {
	out = '';
	err = '';
	readonly process: ChildProcess;
	readonly #closed: Promise<unknown>;

	constructor(
		args: readonly string[],
		env: Readonly<Record<string, string>> = {},
		/** What its standard input holds. */
		input = '',
	) {
		const started = spawn(process.execPath, [SCRIPT, ...args], {
			env: { ...process.env, ...env },
			stdio: 'pipe',
		});
		// It may end without having read it.
		started.stdin.on('error', () => {});
		started.stdin.end(input);
		started.stdout.setEncoding('utf8').on('data', (text: string) => {
			this.out += text;
		});
		started.stderr.setEncoding('utf8').on('data', (text: string) => {
			this.err += text;
		});
		this.process = started;
		this.#closed = once(started, 'close');
		onTestFinished(() => {
			started.kill('SIGKILL');
		});
	}

	/** Its exit status, once it has one; null when a signal ended it. */
	async exit(): Promise<number | null> {
		await this.#closed;
		return this.process.exitCode;
	}
}
