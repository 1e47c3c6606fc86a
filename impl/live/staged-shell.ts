import { join } from 'node:path';
import type { Position } from '../../model/vocabulary/command.ts';
import type { Configuration, Work } from '../ports/configuration.ts';
import type { Foreground, RenderedCommand, Shell } from '../ports/shell.ts';
import type { Awaitable } from '../store/store.ts';

/** A command on stage: the name of its pipe, and where it stands in the project. */
export interface StagedCommand {
	readonly command: string;
	readonly position: Position;
}

/**
 * The host's own shell, but what it runs is staged: each command is a real process that waits in a
 * named pipe for how it is to end, and that knows nothing else.
 */
export class StagedShell implements Shell {
	/** The command that runs in the foreground, unless it is being killed. */
	foreground: StagedCommand | null = null;
	behind: readonly StagedCommand[] = [];
	readonly #shell: Shell;
	readonly #stage: string;
	#staged = 0;

	constructor(shell: Shell, stage: string) {
		this.#shell = shell;
		this.#stage = stage;
	}

	begin(work: Work, configuration: Configuration, isSetUp: boolean): Awaitable<void> {
		return this.#shell.begin(work, configuration, isSetUp);
	}

	run(rendered: RenderedCommand): Foreground {
		const staged = this.#name(rendered);
		this.foreground = staged;
		const { outcome, kill } = this.#shell.run(this.#toStage(rendered, staged));
		const over = (): void => {
			if (this.foreground === staged) this.foreground = null;
		};
		return {
			outcome: outcome.finally(over),
			kill: () => {
				over();
				kill();
			},
		};
	}

	start(rendered: RenderedCommand, failed: () => void): void {
		const staged = this.#name(rendered);
		this.behind = [...this.behind, staged];
		this.#shell.start(this.#toStage(rendered, staged), () => {
			this.behind = this.behind.filter((other) => other !== staged);
			failed();
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

	#name({ position }: RenderedCommand): StagedCommand {
		return { command: `${process.pid}-${++this.#staged}`, position };
	}

	#toStage(rendered: RenderedCommand, { command }: StagedCommand): RenderedCommand {
		const script = scriptOf(join(this.#stage, command));
		return { ...rendered, command: 'shell.exec', params_yaml: JSON.stringify({ script }) };
	}
}

/** A pipe whose other end is gone ends the command as a failure. */
const scriptOf = (pipe: string): string => `
mkfifo -m 600 '${pipe}' || exit 70
read -r direction < '${pipe}' || exit 71
case $direction in
	succeed) exit 0 ;;
	panic) kill -s ABRT $$ ;;
esac
exit 1
`;
