import { Worker } from 'node:worker_threads';

/** A thread that answers one question after the other; both are plain data. */
export class AskedThread<Question, Answer> {
	readonly #worker: Worker;
	/** Why it answers no more; null: it does. */
	#failure: unknown = null;
	#answer: (answer: Answer) => void = () => {};
	#fail: (failure: unknown) => void = () => {};

	/** `file` calls `answering`; what it `does` is said where it ends by itself. */
	constructor(file: URL, does: string) {
		this.#worker = new Worker(file);
		this.#worker.on('message', (answer: Answer) => this.#answer(answer));
		const failed = (failure: unknown): void => {
			this.#failure ??= failure;
			this.#fail(failure);
		};
		this.#worker.on('error', failed);
		this.#worker.on('exit', () => failed(new Error(`a thread that ${does} ended by itself`)));
	}

	/**
	 * `signal` ends it early, with an answer.
	 *
	 * @throws what the thread throws, or that it ended: both are bugs, or there was no memory.
	 */
	ask(question: Question, signal?: AbortSignal): Promise<Answer> {
		const stop = (): void => this.#worker.postMessage(STOP);
		return new Promise<Answer>((resolve, reject) => {
			this.#answer = resolve;
			this.#fail = reject;
			if (this.#failure !== null) return reject(this.#failure);
			this.#worker.postMessage(question);
			if (signal?.aborted === true) stop();
			else signal?.addEventListener('abort', stop);
		}).finally(() => signal?.removeEventListener('abort', stop));
	}

	async end(): Promise<void> {
		await this.#worker.terminate();
	}
}

/** Said to a thread, in place of a question: the one in hand is to be answered early. */
export const STOP = 'stop';
