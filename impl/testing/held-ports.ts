import type { Position } from '../../model/vocabulary/command.ts';
import { type Configuration, SetupFailed, type Work } from '../ports/configuration.ts';
import type { Ended, Foreground, Refusal, RenderedCommand, Shell } from '../ports/shell.ts';
import type { Sleep, Stop, Timers } from '../ports/timers.ts';
import type { Connection, Envelope, Transport } from '../ports/transport.ts';
import type { LightResponse } from '../wire/exchange.ts';

/** Everything that is due by now has happened. */
export const settled = async (): Promise<void> => {
	for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
};

const nameOf = ({ block, step }: Position): string => `${block} ${step + 1}`;

/** As a task and the number of its execution. */
export const nameOfWork = ({ execution: { task, execution } }: Work): string =>
	`${task}.${execution}`;

interface Timer {
	readonly delay_s: number;
	readonly purpose: 'deadline' | 'fence' | 'beat';
	readonly action: () => void | Promise<void>;
}

/** Timers that fire when a test says so. */
export class HeldTimers implements Timers {
	/** Those that run, the oldest first. */
	running: readonly Timer[] = [];
	/** The sleep that is slept, if any. */
	sleep_s: number | null = null;
	#wake = (): void => {};

	sleep(duration_s: number): Sleep {
		this.sleep_s = duration_s;
		const over = new Promise<void>((resolve) => {
			this.#wake = resolve;
		});
		return { over, wake: () => this.wake() };
	}

	after(delay_s: number, purpose: 'deadline' | 'fence', action: () => void): Stop {
		return this.#run({ delay_s, purpose, action });
	}

	every(delay_s: number, purpose: 'beat', action: () => Promise<void>): Stop {
		return this.#run({ delay_s, purpose, action });
	}

	#run(timer: Timer): Stop {
		this.running = [...this.running, timer];
		return () => {
			this.running = this.running.filter((one) => one !== timer);
		};
	}

	/** The sleep is over. */
	wake(): void {
		this.sleep_s = null;
		this.#wake();
	}

	/** The time of the youngest timer for this has come; when that is done with. */
	async fire(purpose: Timer['purpose']): Promise<void> {
		const timer = this.running.findLast((one) => one.purpose === purpose);
		if (timer === undefined) throw new Error(`nothing runs that is a ${purpose}`);
		if (purpose !== 'beat') this.running = this.running.filter((one) => one !== timer);
		await timer.action();
	}
}

interface Exchange {
	readonly envelope: Envelope;
	readonly end: (response: LightResponse | null) => void;
}

/** Calls that are answered when a test says so. */
export class HeldTransport implements Transport {
	/** Those that wait for an answer, the oldest first. */
	openCalls: readonly Exchange[] = [];
	readonly #note: (what: string) => void;

	constructor(note: (what: string) => void) {
		this.#note = note;
	}

	open(envelope: Envelope): Connection {
		this.#note(envelope.route);
		let end: Exchange['end'] = () => {};
		const response = new Promise<LightResponse | null>((resolve) => {
			end = (answer) => {
				this.openCalls = this.openCalls.filter((one) => one !== exchange);
				resolve(answer);
			};
		});
		const exchange = { envelope, end: (answer: LightResponse | null) => end(answer) };
		this.openCalls = [...this.openCalls, exchange];
		return { response, close: () => end(null) };
	}

	/** The call that waits on this route is answered; null: its connection breaks. */
	answer(route: Envelope['route'], answer: LightResponse | null): Envelope {
		const exchange = this.openCalls.findLast(({ envelope }) => envelope.route === route);
		if (exchange === undefined) throw new Error(`nothing waits for an answer to ${route}`);
		exchange.end(answer);
		return exchange.envelope;
	}
}

/** Commands that end when a test says so. */
export class HeldShell implements Shell {
	refusal?: Refusal;
	/** What the host cannot do: set a task up, remove what is left. */
	readonly broken = { setUp: false, cleanUp: false };
	/** What runs in the background. */
	background: readonly string[] = [];
	/** The command in the foreground. */
	foreground: string | null = null;
	#end: (ended: Ended) => void = () => {};
	#ready: Promise<void> = Promise.resolve();
	#failed = new Map<string, () => void>();
	readonly #note: (what: string) => void;

	constructor(note: (what: string) => void) {
		this.#note = note;
	}

	/** It gets ready only when that is let go. */
	hold(): () => void {
		let letGo = (): void => {};
		this.#ready = new Promise((resolve) => {
			letGo = resolve;
		});
		return letGo;
	}

	async begin(work: Work, _configuration: Configuration, isSetUp: boolean): Promise<void> {
		this.#note(`begin ${nameOfWork(work)}${isSetUp ? ', set up' : ''}`);
		await this.#ready;
		if (this.broken.setUp) throw new SetupFailed('no folder can be made');
	}

	run({ position }: RenderedCommand): Foreground {
		this.#note(nameOf(position));
		this.foreground = nameOf(position);
		const ended = new Promise<Ended>((resolve) => {
			this.#end = resolve;
		});
		const kill = (): void => {
			if (this.foreground !== null) this.end({ outcome: 'killed' });
		};
		return { ended, kill };
	}

	start({ position }: RenderedCommand, failed: () => void): void {
		this.#note(`${nameOf(position)} in the background`);
		this.background = [...this.background, nameOf(position)];
		this.#failed.set(nameOf(position), failed);
	}

	killBackground(): void {
		this.background = [];
	}

	finish(isSetUp: boolean): string | null {
		this.#note(`clean up${isSetUp ? ', stays set up' : ''}`);
		this.killBackground();
		return this.broken.cleanUp ? 'the folder cannot be removed' : null;
	}

	/** The command in the foreground ends. */
	end(ended: Ended): void {
		if (this.foreground === null) throw new Error('no command runs');
		this.foreground = null;
		this.#end(ended);
	}

	/** A command in the background fails. */
	failInBackground(name: string): void {
		this.#failed.get(name)?.();
	}
}
