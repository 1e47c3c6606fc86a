import { dirname } from 'node:path';
import { AgentHost, type AgentHostOptions } from '../impl/host/agent-host.ts';
import { LockHeld } from '../impl/host/file-lock.ts';
import { UnusableFolder } from '../impl/host/folders.ts';
import { PortTaken } from '../impl/host/status-server.ts';
import type { MemoryStore } from '../impl/store/memory.ts';
import type { TaskRecord } from '../impl/store/store.ts';
import { hasEnded } from '../impl/store/task-state.ts';
import type { Remarks } from '../impl/wire/remarks.ts';
import { printable } from '../model/vocabulary/printable.ts';
import type { Setup } from '../model/vocabulary/setup.ts';
import { BadInput } from './exit.ts';
import type { Interruption } from './interruption.ts';
import { Narrator } from './narrator.ts';

export interface RunToEndOptions
	extends Pick<AgentHostOptions, 'apiServer' | 'workingDirectory' | 'statusPort' | 'source'> {
	readonly say: (line: string) => void;
	readonly interruption: Interruption;
}

/** Runs the only task of a setup until no restart of it is to come, or until it is interrupted. */
export async function runToEnd(
	store: MemoryStore,
	setup: Setup,
	{ say, interruption, ...options }: RunToEndOptions,
): Promise<TaskRecord> {
	const [{ id } = { id: '' }] = setup.tasks;
	const [host = ''] = setup.hosts;
	const task = (): TaskRecord => {
		const record = store.committedTask(id);
		if (record === undefined) throw new Error(`no task "${id}"`);
		return record;
	};
	let finish = (): void => {};
	const finished = new Promise<void>((resolve) => {
		finish = resolve;
	});
	const narrator = new Narrator(say, () => {
		const { execution, restart_pending, remarks } = task();
		const isOver = hasEnded(task());
		const said = describeRemarks(isOver ? remarks : store.committedHistory(id).at(-1)?.remarks);
		if (said !== null) say(`    its own words: ${said}`);
		if (isOver && !restart_pending) finish();
		else say(`  the app server restarts the task: execution ${execution}\n`);
	});
	const agent = await startAgent({
		...options,
		host: { id: host, secret: store.committedHost(host)?.secret ?? '' },
		observer: narrator,
		echo: (text) => narrator.echo(text),
	});
	const departed = agent.finished.then((departure) => {
		if (!interruption.happened) throw new Error(`the agent left: ${departure.kind}`);
	});
	try {
		await Promise.race([finished, interruption.signal, departed]);
	} finally {
		// It leaves now because it is told to.
		departed.catch(() => {});
		await agent.stop();
	}
	return task();
}

/** What the task's processes said about its end; null for nothing. */
function describeRemarks(remarks: Remarks | null | undefined): string | null {
	if (remarks == null) return null;
	const { desc, failure_metadata_tags: tags } = remarks;
	const tagged = tags.length === 0 ? '' : `[${tags.join(', ')}]`;
	// The command that failed it has been told as it failed.
	if (desc === '' && tagged === '') return null;
	return printable([desc, tagged].filter((part) => part !== '').join(' '));
}

async function startAgent(options: AgentHostOptions): Promise<AgentHost> {
	try {
		return await AgentHost.start(options);
	} catch (error) {
		throw badInputOf(error) ?? error;
	}
}

/** What a user can put right about an agent that does not start; null for anything else. */
export function badInputOf(error: unknown): BadInput | null {
	if (error instanceof UnusableFolder)
		return new BadInput(`${error.message} (give another --working_directory)`);
	if (error instanceof LockHeld)
		return new BadInput(
			`the folder ${dirname(error.file)} is in use ${error.message} (give another --working_directory; ${error.remedy})`,
		);
	if (error instanceof PortTaken)
		return new BadInput(
			`${error.message}: another agent may run here (give another --status_port)`,
		);
	return null;
}
