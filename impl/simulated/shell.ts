import type { CommandOutcome, Position } from '../../model/vocabulary/command.ts';
import type { Foreground, RenderedCommand, Shell } from '../ports/shell.ts';

interface Process {
	readonly position: Position;
	readonly end: (outcome: CommandOutcome | 'killed') => void;
}

interface BackgroundProcess {
	readonly position: Position;
	readonly failed: () => void;
}

/** The commands of one host. They end when an event says so. */
export class SimulatedShell implements Shell {
	#foreground: Process | null = null;
	#background: BackgroundProcess[] = [];

	/** The command that runs in the foreground. */
	get running(): Position | null {
		return this.#foreground?.position ?? null;
	}

	begin(): void {}

	run({ position }: RenderedCommand): Foreground {
		const outcome = new Promise<CommandOutcome | 'killed'>((end) => {
			this.#foreground = { position, end };
		});
		return { outcome, kill: () => this.end('killed') };
	}

	start({ position }: RenderedCommand, failed: () => void): void {
		this.#background.push({ position, failed });
	}

	killBackground(): void {
		this.#background = [];
	}

	finish(): null {
		this.killBackground();
		this.end('killed');
		return null;
	}

	/** The foreground command ends. */
	end(outcome: CommandOutcome | 'killed'): void {
		const process = this.#foreground;
		this.#foreground = null;
		process?.end(outcome);
	}

	/** The background command at a position fails. */
	failInBackground({ block, step, member }: Position): void {
		const index = this.#background.findIndex(
			({ position }) =>
				position.block === block && position.step === step && position.member === member,
		);
		for (const process of this.#background.splice(index, index < 0 ? 0 : 1)) process.failed();
	}
}
