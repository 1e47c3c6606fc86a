import type { Work } from '../ports/configuration.ts';
import type { Reports } from '../ports/reports.ts';
import { encodeId } from '../wire/path.ts';
import { Asker, type AskerOptions, type Question } from './asker.ts';

/**
 * Calls 15, 18 and 19 of lifecycle 6.3. Those about an execution are sent once: its secret may be rotated
 * already, and the host's next task must not wait for what nobody depends on. The deployed agent
 * hammers on (lifecycle 6.3, remark on call 15).
 */
export class HttpReports implements Reports {
	readonly #asker: Asker;
	readonly #host: string;
	readonly #tell: (trouble: string) => void;

	constructor(options: AskerOptions) {
		this.#asker = new Asker(options);
		this.#host = encodeId(options.host.id);
		this.#tell = options.tell ?? (() => {});
	}

	failedEnd(work: Work): Promise<void> {
		return this.#send({ path: `task/${encodeId(work.execution.task)}/`, work }, 1);
	}

	tornDown(work: Work): Promise<void> {
		const path = `task/${encodeId(work.execution.task)}/s3_usage?final=true`;
		return this.#send({ path, work, body: {} }, 1);
	}

	/** Sent as often as any other call: it is about all tasks to come. */
	disableHost(reason: string): Promise<void> {
		return this.#send({ path: `hosts/${this.#host}/disable`, work: null, body: { reason } });
	}

	giveUp(): void {
		this.#asker.giveUp();
	}

	async #send(question: Question, attempts?: number): Promise<void> {
		this.#asker.begin();
		const answer = await this.#asker.ask(question, attempts);
		if (answer.kind === 'unanswered') this.#tell(`${question.path}: ${answer.why}`);
	}
}
