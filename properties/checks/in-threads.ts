import type { Configuration } from '../../model/checker/configurations/configuration.ts';
import { addCounts, type Counts } from '../../model/system/tables.ts';
import { plural } from '../../model/vocabulary/plural.ts';
import { AskedThread } from '../threads/asked.ts';
import { type How, type Looked, look, type Touring } from './checks.ts';

/** Milliseconds between two times that others are said to be at work. */
const SAY_EVERY_MS = 1000;

/** What goes to a thread: functions cannot. */
type Sent = Omit<How, 'machines' | 'workers' | 'signal' | 'tour' | 'onPhase'> & {
	readonly tour?: Omit<Touring, 'reference'> | undefined;
};

/** A configuration that a thread is to check. */
export type Question = Sent & { readonly configuration: Configuration };

/** What came of it, and how often each transition was taken in that thread until now. */
export type Answer = Omit<Looked, 'configuration'> & { readonly counts: Counts };

export interface InThreadsOptions extends Sent, Pick<How, 'machines' | 'signal'> {
	/** All under the design of `machines`, which count what is taken anywhere. */
	readonly configurations: readonly Configuration[];
	/** How many check, this thread among them. */
	readonly threads: number;
	/** Says how many are done, and which are in hand. */
	readonly onProgress?: ((detail: string) => void) | undefined;
}

/**
 * Checks configurations as `checkAll` does, several at a time: whoever is free takes the next one. What they come to does
 * not depend on that, and is told in their order. All threads but this one begin at once.
 */
export class ChecksInThreads {
	readonly #options: InThreadsOptions;
	readonly #looked: Looked[] = [];
	readonly #inHand = new Set<string>();
	#next = 0;
	#done = 0;
	readonly #beside: readonly Beside[];
	readonly #begun: Promise<unknown>;

	constructor(options: InThreadsOptions) {
		this.#options = options;
		const { configurations, threads, machines, signal, onProgress: _, ...sent } = options;
		const beside = Math.min(threads, configurations.length) - 1;
		this.#beside = Array.from({ length: Math.max(0, beside) }, () => new Beside(sent, signal));
		this.#begun = Promise.all(this.#beside.map((one) => this.#work(one)));
		// Whoever waits for the rest hears of it.
		this.#begun.catch(() => {});
	}

	/**
	 * Checks what is left in this thread too, and waits for the others.
	 *
	 * @throws what a thread throws, or that it ended: a bug, or there was no memory.
	 */
	async rest(): Promise<Looked[]> {
		const { configurations, machines, signal, threads: _, onProgress: __, ...sent } = this.#options;
		const onPhase = (name: string, detail: string): void => this.#say(`${name}: ${detail}`);
		const how = { ...sent, machines, signal, onPhase };
		const here = { look: (one: Configuration) => look(one, how) };
		const saying = setInterval(() => this.#say(this.#sayInHand()), SAY_EVERY_MS);
		await Promise.all([this.#begun, this.#work(here)]).finally(() => clearInterval(saying));
		for (const { counts } of this.#beside) if (counts !== null) addCounts(machines, counts);
		// Those whose turn did not come before it was to end.
		for (const [place, configuration] of configurations.entries())
			this.#looked[place] ??= { configuration, ...(await here.look(configuration)) };
		return this.#looked;
	}

	/** Ends the threads; what they have in hand is lost. */
	async end(): Promise<void> {
		await Promise.all(this.#beside.map((one) => one.end()));
	}

	async #work(checker: Checker): Promise<void> {
		const { configurations, signal } = this.#options;
		while (this.#next < configurations.length && signal?.aborted !== true) {
			const place = this.#next++;
			const configuration = configurations[place];
			if (configuration === undefined) return;
			this.#inHand.add(configuration.name);
			this.#say(this.#sayInHand());
			this.#looked[place] = { configuration, ...(await checker.look(configuration)) };
			this.#inHand.delete(configuration.name);
			this.#done++;
			// Where another one begins, that is said then.
			if (this.#next >= configurations.length && this.#inHand.size > 0)
				this.#say(this.#sayInHand());
		}
	}

	#sayInHand(): string {
		return `${[...this.#inHand].join(' and ')} in hand`;
	}

	#say(detail: string): void {
		const { configurations, onProgress } = this.#options;
		onProgress?.(
			`${this.#done} of ${plural(configurations.length, 'configuration')} done, ${detail}`,
		);
	}
}

/** Checks configurations in several threads, from beginning to end. */
export async function checkInThreads(options: InThreadsOptions): Promise<Looked[]> {
	const checks = new ChecksInThreads(options);
	try {
		return await checks.rest();
	} finally {
		await checks.end();
	}
}

/** Who checks a configuration, here or in a thread. */
interface Checker {
	look(configuration: Configuration): Promise<Omit<Looked, 'configuration'>>;
}

class Beside implements Checker {
	/** How often each transition was taken there; null: it never answered. */
	counts: Counts | null = null;
	readonly #thread = new AskedThread<Question, Answer>(
		new URL('./check-thread.mjs', import.meta.url),
		'checks',
	);
	readonly #sent: Sent;
	readonly #signal: AbortSignal | undefined;

	constructor(sent: Sent, signal: AbortSignal | undefined) {
		this.#sent = sent;
		this.#signal = signal;
	}

	async look(configuration: Configuration): Promise<Omit<Looked, 'configuration'>> {
		const question = { configuration, ...this.#sent };
		const { counts, ...looked } = await this.#thread.ask(question, this.#signal);
		this.counts = counts;
		return looked;
	}

	end(): Promise<void> {
		return this.#thread.end();
	}
}
