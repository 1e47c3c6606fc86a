import type { Position, PostedStatus } from '../../model/vocabulary/command.ts';
import type { Doing, ExecutionRef, HostObservation } from '../../model/vocabulary/observation.ts';
import type { PendingCall } from '../agent/client.ts';
import type { SeenGroup } from '../agent/host-group.ts';
import type { HostRecord } from '../store/store.ts';
import type { AgentProcess } from './process.ts';

/** All that decides what is seen of a host; each part is a new object when it changes. */
interface Snapshot {
	readonly process: AgentProcess | null;
	readonly execution: ExecutionRef | null;
	readonly group: SeenGroup | null;
	readonly call: PendingCall | null;
	readonly command: Position | null;
	/** The command on whose behalf a mark is called, if its block waits for it. */
	readonly askingFor: Position | null;
	readonly background: readonly Position[];
	readonly posted: PostedStatus | null;
	readonly assigned: ExecutionRef | null;
}

const NOTHING: readonly Position[] = [];

/** Looks at one host, and remembers what it saw last. */
export class HostObserver {
	readonly #id: string;
	#snapshot: Snapshot | null = null;
	#seen: HostObservation | null = null;

	constructor(id: string) {
		this.#id = id;
	}

	see(record: HostRecord, process: AgentProcess | null): HostObservation {
		const current = process?.agent.current ?? null;
		const snapshot: Snapshot = {
			process,
			execution: current?.execution ?? null,
			group: process?.agent.group.seen ?? null,
			call: process?.agent.client.pending ?? null,
			command: process?.shell.running ?? null,
			askingFor: current?.askingFor ?? null,
			background: current?.background.running ?? NOTHING,
			posted: current?.status.posted ?? null,
			assigned: record.running,
		};
		if (this.#seen !== null && this.#snapshot !== null && isSame(snapshot, this.#snapshot))
			return this.#seen;
		this.#snapshot = snapshot;
		this.#seen = {
			id: this.#id,
			agent: process === null ? 'dead' : 'alive',
			execution: snapshot.execution,
			group: snapshot.group,
			doing: doing(snapshot),
			background: [...snapshot.background],
			posted: snapshot.posted,
			assigned: snapshot.assigned,
		};
		return this.#seen;
	}
}

const isSame = (a: Snapshot, b: Snapshot): boolean =>
	a.process === b.process &&
	a.execution === b.execution &&
	a.group === b.group &&
	a.call === b.call &&
	a.command === b.command &&
	a.askingFor === b.askingFor &&
	a.background === b.background &&
	a.posted === b.posted &&
	a.assigned === b.assigned;

function doing({ call, command, askingFor }: Snapshot): Doing {
	if (command !== null) return { kind: 'running', position: command };
	if (call === null) return { kind: 'idle' };
	return { kind: 'calling', ...call, ...(askingFor === null ? {} : { for: askingFor }) };
}
