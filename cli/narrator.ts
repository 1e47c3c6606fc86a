import { describeCommand } from '../impl/agent/describe-command.ts';
import type { AgentObserver } from '../impl/host/agent-observer.ts';
import type { Ended, RenderedCommand } from '../impl/ports/shell.ts';
import type { Envelope } from '../impl/ports/transport.ts';
import type { Answer } from '../impl/wire/answer.ts';
import { sayExit } from '../model/vocabulary/command.ts';

/** What an end came to, for somebody who waits for it. */
export interface EndTold {
	readonly envelope: Envelope;
	readonly answer: Answer;
}

/** Tells on a stream what an agent does, as it happens. */
export class Narrator implements AgentObserver {
	readonly #say: (line: string) => void;
	readonly #ended: (told: EndTold) => void;
	readonly #began = new Map<RenderedCommand, number>();

	constructor(say: (line: string) => void, ended: (told: EndTold) => void) {
		this.#say = say;
		this.#ended = ended;
	}

	/** What commands print. */
	echo(text: string): void {
		for (const line of text.replace(/\n$/, '').split('\n')) this.#say(`    | ${line}`);
	}

	commandStarts(command: RenderedCommand): void {
		this.#began.set(command, performance.now());
		const flag = command.retry_on_failure ? ', retry_on_failure' : '';
		const background = command.background ? ', in the background' : '';
		this.#say(`  ${describeCommand(command)}${flag}${background}`);
	}

	commandEnds(command: RenderedCommand, { outcome, exit }: Ended): void {
		const seconds = (performance.now() - (this.#began.get(command) ?? 0)) / 1000;
		const exited = exit === undefined ? '' : ` with ${sayExit(exit)}`;
		const who = command.background ? `${describeCommand(command)}: ` : '';
		this.#say(`    ${who}${outcome.replaceAll('-', ' ')}${exited} after ${seconds.toFixed(1)} s`);
	}

	troubled(trouble: string): void {
		this.#say(`  trouble: ${trouble}`);
	}

	callAnswered(envelope: Envelope, answer: Answer | null): void {
		const { route, execution, details } = envelope;
		const said = answer === null ? 'no answer' : `${answer.body.outcome} (${answer.status})`;
		switch (route) {
			case 'start':
				return this.#say(`execution ${execution?.execution} starts: ${said}`);
			case 'mark':
				return this.#say(`  the agent asks for a restart of the task at its end: ${said}`);
			case 'end': {
				const type = details?.type == null ? '' : ` / ${details.type}`;
				const limit = details?.timed_out == null ? '' : `, ${details.timed_out} time limit`;
				this.#say(`  the agent ends the execution as ${details?.status}${type}${limit}: ${said}`);
				if (answer !== null) this.#ended({ envelope, answer });
			}
		}
	}
}
