import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, dirname } from 'node:path';
import { onTestFinished } from 'vitest';

export interface Ended {
	/** Null when a signal ended it. */
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** A command that goes on while others are given. */
export class Typed {
	stdout = '';
	stderr = '';
	readonly #shell: ChildProcess;
	readonly #closed: Promise<unknown>;

	constructor(command: string, cwd: string, env: Readonly<Record<string, string>>) {
		const shell = spawn('sh', ['-c', command], { cwd, env, detached: true });
		shell.stdout.setEncoding('utf8').on('data', (text: string) => {
			this.stdout += text;
		});
		shell.stderr.setEncoding('utf8').on('data', (text: string) => {
			this.stderr += text;
		});
		shell.stdin.end();
		this.#shell = shell;
		this.#closed = once(shell, 'close');
	}

	async ended(): Promise<Ended> {
		await this.#closed;
		return { code: this.#shell.exitCode, stdout: this.stdout, stderr: this.stderr };
	}

	/** Ctrl-C and the like, as a terminal gives it to all that runs in it. */
	signal(signal: NodeJS.Signals): void {
		const { pid, exitCode, signalCode } = this.#shell;
		if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, signal);
	}
}

/** A folder in which commands are typed, with what is typed there and nothing of the test's own environment. */
export class Place {
	readonly folder: string;
	readonly #env: Record<string, string>;

	/** `node` runs the commands. */
	constructor(folder: string, node = process.execPath) {
		this.folder = folder;
		const path = [dirname(node), process.env['PATH'] ?? ''].join(delimiter);
		this.#env = { PATH: path, HOME: process.env['HOME'] ?? folder };
	}

	/** Types a command and waits for its end. */
	run(command: string, env: Readonly<Record<string, string>> = {}): Promise<Ended> {
		return new Typed(command, this.folder, { ...this.#env, ...env }).ended();
	}

	/** Types a command that goes on; it is ended with the test. What a signal makes of it is not hidden by the shell. */
	start(command: string, env: Readonly<Record<string, string>> = {}): Typed {
		const typed = new Typed(`exec ${command}`, this.folder, { ...this.#env, ...env });
		onTestFinished(() => typed.signal('SIGKILL'));
		return typed;
	}
}
