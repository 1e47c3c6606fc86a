import { execa } from 'execa';
import { Exit as Told } from '../../model/vocabulary/command.ts';
import type { Invocation } from './invocation.ts';
import { isAlive, kill } from './orphans.ts';

/** How long after its end a command's output is still read when others hold on to it, in milliseconds. */
const DRAIN_MS = 200;

export type Exit =
	| { readonly kind: 'exited'; readonly code: number | null; readonly signal: string | null }
	| { readonly kind: 'not-started'; readonly message: string };

/** Where the output of a process goes, piece by piece. */
export interface Sink {
	push(bytes: Buffer): void;
	flush(): void;
}

/**
 * A process in a group of its own, so that it can be killed with all that it has started. What it
 * leaves behind in the group stays until `kill`.
 */
export class CommandProcess {
	/** The id of its process group; null when it could not be started. */
	readonly group: number | null;
	/** Settled when the process itself has ended and its output is read. */
	readonly ended: Promise<Exit>;
	/** Settled when nobody writes to its output any more. */
	readonly silent: Promise<void>;
	hasExited = false;
	/** Whether nothing is left of its group, whose id may belong to others from now on. */
	isGone = false;

	constructor(
		{ file, args, input, cwd }: Invocation,
		env: Readonly<Record<string, string>>,
		sinks: { readonly out: Sink; readonly err: Sink },
	) {
		const started = execa(file, args, {
			cwd,
			env: { ...env },
			extendEnv: false,
			// A process group of its own; `cleanup` would kill the leader only.
			detached: true,
			cleanup: false,
			reject: false,
			buffer: false,
			encoding: 'buffer',
			stdout: 'pipe',
			stderr: 'pipe',
			...(input === null ? { stdin: 'ignore' as const } : { input }),
		});
		this.group = started.pid ?? null;
		for (const [stream, sink] of [
			[started.stdout, sinks.out],
			[started.stderr, sinks.err],
		] as const)
			stream.on('data', (bytes: Buffer) => sink.push(bytes)).once('end', () => sink.flush());
		const closed = started.then((result): Exit => {
			this.#notice();
			if (result.exitCode === undefined && result.signal === undefined)
				return { kind: 'not-started', message: result.originalMessage ?? 'for no known reason' };
			return { kind: 'exited', code: result.exitCode ?? null, signal: result.signal ?? null };
		});
		this.silent = closed.then(() => {});
		const drained = new Promise<Exit>((resolve) => {
			started.once('exit', (code, signal) => {
				this.#notice();
				setTimeout(() => resolve({ kind: 'exited', code, signal }), DRAIN_MS);
			});
		});
		this.ended = Promise.race([closed, drained]);
	}

	/** Whether something of its group still runs; the dead that nobody has collected yet do not. */
	get isStillThere(): boolean {
		return !this.hasExited && this.group !== null && isAlive(-this.group);
	}

	/** Kills it and all that is left of its group. */
	kill(): void {
		if (this.group !== null && !this.isGone) kill(-this.group);
	}

	#notice(): void {
		this.hasExited = true;
		this.isGone ||= this.group === null || !isAlive(-this.group);
	}
}

/** What is told of it with the end of its execution; nothing of a process that POSIX does not know to end so. */
export function toldOf(exit: Exit): Told | undefined {
	if (exit.kind === 'not-started') return undefined;
	return Told.safeParse(exit.signal ?? exit.code).data;
}

/** What became of a process, for people. */
export function describeExit(exit: Exit): string {
	if (exit.kind === 'not-started') return 'not started';
	return exit.signal === null ? `exit status ${exit.code}` : `ended by ${exit.signal}`;
}
