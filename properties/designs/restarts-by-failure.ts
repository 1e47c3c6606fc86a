import { type CommandOutcome, OUTCOMES } from '../../model/vocabulary/command.ts';
import type { Design } from '../../model/vocabulary/design.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import { selectorOf } from '../../model/vocabulary/message.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import { Setup, underDesign } from '../../model/vocabulary/setup.ts';
import { model } from '../systems/model.ts';
import { trial } from '../trial/trial.ts';

/** A command that is suspected, and one after it that is not. */
const SETUP = Setup.parse({
	project: {
		id: 'project',
		tasks: [
			{
				name: 'compile',
				commands: [{ command: 'fetch', retry_on_failure: true }, { command: 'test' }],
			},
		],
	},
	tasks: [{ id: 'compile', task: 'compile', variant: 'linux' }],
	hosts: ['h1'],
});

const FAILURES = OUTCOMES.main.filter((outcome) => outcome !== 'succeeded');

/** Of all ways in which a command can fail: after how many the task is restarted. */
export interface RestartsByFailure {
	readonly ways: number;
	/** The suspected command fails. */
	readonly suspected: number;
	/** It succeeds, and the other one fails. */
	readonly other: number;
}

/** Lets each command fail in each way, with nothing else going wrong, and counts restarts. */
export async function restartsByFailure(design: Design): Promise<RestartsByFailure> {
	let suspected = 0;
	let other = 0;
	for (const failure of FAILURES) {
		if (await restarts(design, [failure])) suspected++;
		if (await restarts(design, ['succeeded', failure])) other++;
	}
	return { ways: FAILURES.length, suspected, other };
}

async function restarts(design: Design, outcomes: readonly CommandOutcome[]): Promise<boolean> {
	let last: Observation | null = null;
	const next = (seen: Observation): Event | null => {
		last = seen;
		const [task] = seen.tasks;
		const [host] = seen.hosts;
		const [message] = seen.messages;
		if (message !== undefined) return { kind: 'message-delivered', message: selectorOf(message) };
		if (host === undefined || task === undefined || task.execution > 0) return null;
		if (host.doing.kind === 'running') {
			const outcome = outcomes[host.doing.position.step] ?? 'succeeded';
			return { kind: 'command-ends', host: host.id, outcome };
		}
		return task.status === 'undispatched' ? { kind: 'host-asks', host: host.id } : null;
	};
	await trial([model()], underDesign(SETUP, design), next, { judges: [], rest: false });
	return (last as Observation | null)?.tasks[0]?.started_by.by === 'mark';
}
