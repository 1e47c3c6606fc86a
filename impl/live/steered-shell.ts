import { join } from 'node:path';
import type { Exit, Position } from '../../model/vocabulary/command.ts';
import type { Configuration, Work } from '../ports/configuration.ts';
import type { Foreground, RenderedCommand, Shell } from '../ports/shell.ts';
import type { Awaitable } from '../store/store.ts';

/** A steered command: the name of its pipe, and where it stands in the project. */
export interface SteeredCommand {
	readonly command: string;
	readonly position: Position;
}

/**
 * The host's own shell, but what it runs is steered: each command is a real process that waits in a
 * named pipe for how it is to end, and that knows nothing else.
 */
export class SteeredShell implements Shell {
	/** The command that runs in the foreground, unless it is being killed. */
	foreground: SteeredCommand | null = null;
	behind: readonly SteeredCommand[] = [];
	readonly #shell: Shell;
	readonly #pipes: string;
	#count = 0;

	constructor(shell: Shell, pipes: string) {
		this.#shell = shell;
		this.#pipes = pipes;
	}

	begin(work: Work, configuration: Configuration, isSetUp: boolean): Awaitable<void> {
		return this.#shell.begin(work, configuration, isSetUp);
	}

	run(rendered: RenderedCommand): Foreground {
		const steered = this.#name(rendered);
		this.foreground = steered;
		const { ended, kill } = this.#shell.run(this.#steered(rendered, steered));
		const over = (): void => {
			if (this.foreground === steered) this.foreground = null;
		};
		return {
			ended: ended.finally(over),
			kill: () => {
				over();
				kill();
			},
		};
	}

	start(rendered: RenderedCommand, failed: (exit?: Exit) => void): void {
		const steered = this.#name(rendered);
		this.behind = [...this.behind, steered];
		this.#shell.start(this.#steered(rendered, steered), (exit) => {
			this.behind = this.behind.filter((other) => other !== steered);
			failed(exit);
		});
	}

	killBackground(): void {
		this.behind = [];
		this.#shell.killBackground();
	}

	finish(isSetUp: boolean): Awaitable<string | null> {
		this.foreground = null;
		this.behind = [];
		return this.#shell.finish(isSetUp);
	}

	#name({ position }: RenderedCommand): SteeredCommand {
		return { command: `${process.pid}-${++this.#count}`, position };
	}

	#steered(rendered: RenderedCommand, { command }: SteeredCommand): RenderedCommand {
		const script = scriptOf(join(this.#pipes, command));
		return { ...rendered, command: 'shell.exec', params_yaml: JSON.stringify({ script }) };
	}
}

/**
 * A pipe whose other end is gone ends the command as a failure. Of one that is told nothing else nothing is known, as of
 * a command that is no process: POSIX has no such signal.
 */
const scriptOf = (pipe: string): string => `
mkfifo -m 600 '${pipe}' || exit 70
read -r direction < '${pipe}' || exit 71
case $direction in
	succeed) exit 0 ;;
	SIG*) kill -s "\${direction#SIG}" $$ ;;
	[0-9]*) exit "$direction" ;;
esac
kill -s PWR $$
`;
