import type { Ended, RenderedCommand, Shell } from '../ports/shell.ts';
import type { Connection, Envelope, Transport } from '../ports/transport.ts';
import { type Answer, readAnswer } from '../wire/answer.ts';

/** Is told what an agent does, and changes nothing. */
export interface AgentObserver {
	commandStarts(command: RenderedCommand): void;
	commandEnds(command: RenderedCommand, ended: Ended): void;
	/** An attempt of a call is over; null when no answer came that settles it. */
	callAnswered(envelope: Envelope, answer: Answer | null): void;
	/** Something went wrong that the agent can do without, or that fails the task's setup. */
	troubled(trouble: string): void;
}

/** A transport whose calls are observed. */
export const observedTransport = (transport: Transport, observer: AgentObserver): Transport => ({
	open: (envelope): Connection => {
		const connection = transport.open(envelope);
		const response = connection.response.then(async (response) => {
			const answer = response === null ? null : await readAnswer(response);
			observer.callAnswered(envelope, answer);
			return response;
		});
		return { response, close: () => connection.close() };
	},
});

/** A shell whose commands are observed. */
export const observedShell = (shell: Shell, observer: AgentObserver): Shell => ({
	...(shell.refusal === undefined ? {} : { refusal: shell.refusal }),
	begin: (work, configuration, isSetUp) => shell.begin(work, configuration, isSetUp),
	run: (command) => {
		observer.commandStarts(command);
		const { ended, kill } = shell.run(command);
		const told = ended.then((ended) => {
			observer.commandEnds(command, ended);
			return ended;
		});
		return { ended: told, kill };
	},
	start: (command, failed) => {
		observer.commandStarts(command);
		shell.start(command, (exit) => {
			observer.commandEnds(command, { outcome: 'failed', exit });
			failed(exit);
		});
	},
	killBackground: () => shell.killBackground(),
	finish: (isSetUp) => shell.finish(isSetUp),
});
