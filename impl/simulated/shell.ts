import type { Exit, Position } from '../../model/vocabulary/command.ts';
import type { Ended, Foreground, RenderedCommand, Shell } from '../ports/shell.ts';

interface Process {
	readonly position: Position;
	readonly end: (ended: Ended) => void;
}

interface BackgroundProcess {
	readonly position: Position;
	readonly failed: (exit?: Exit) => void;
}

const NOTHING: readonly Position[] = [];
const KILLED: Ended = { outcome: 'killed' };

/** The commands of one host. They end when an event says so. */
export class SimulatedShell implements Shell {
	/** What runs in the background, in the order in which it was started; a new array when it changes. */
	behind: readonly Position[] = NOTHING;
	#foreground: Process | null = null;
	#background: BackgroundProcess[] = [];

	/** The command that runs in the foreground. */
	get running(): Position | null {
		return this.#foreground?.position ?? null;
	}

	begin(): void {}

	run({ position }: RenderedCommand): Foreground {
		const ended = new Promise<Ended>((end) => {
			this.#foreground = { position, end };
		});
		return { ended, kill: () => this.end(KILLED) };
	}

	start({ position }: RenderedCommand, failed: (exit?: Exit) => void): void {
		this.#background.push({ position, failed });
		this.#lookBehind();
	}

	killBackground(): void {
		if (this.#background.length === 0) return;
		this.#background = [];
		this.behind = NOTHING;
	}

	finish(): null {
		this.killBackground();
		this.end(KILLED);
		return null;
	}

	/** The foreground command ends. */
	end(ended: Ended): void {
		const process = this.#foreground;
		this.#foreground = null;
		process?.end(ended);
	}

	/** The background command at a position fails. */
	failInBackground({ block, step, member }: Position, exit?: Exit): void {
		const index = this.#background.findIndex(
			({ position }) =>
				position.block === block && position.step === step && position.member === member,
		);
		const [process] = this.#background.splice(index, index < 0 ? 0 : 1);
		this.#lookBehind();
		process?.failed(exit);
	}

	#lookBehind(): void {
		const positions = this.#background.map(({ position }) => position);
		this.behind = positions.length === 0 ? NOTHING : positions;
	}
}
