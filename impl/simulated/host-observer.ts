import type {
	Away,
	Doing,
	ExecutionRef,
	HostObservation,
} from '../../model/vocabulary/observation.ts';
import type { SeenGroup } from '../agent/host-group.ts';
import type { HostRecord } from '../store/store.ts';
import { type AgentSeen, isSameSeen } from './agent.ts';

/** What was looked at last, and how it looked. */
export interface HostSeen {
	/** Null: dead. */
	readonly agent: AgentSeen | null;
	readonly assigned: ExecutionRef | null;
	readonly away: Away | null;
	readonly observation: HostObservation;
}

const DEAD: AgentSeen = {
	execution: null,
	group: null,
	call: null,
	command: null,
	askingFor: null,
	background: [],
	posted: null,
};

/** Looks at one host, and remembers what it saw last. */
export class HostObserver {
	readonly #id: string;
	readonly #first: string | undefined;
	#last: HostSeen | null = null;

	/** @param first the version that goes without saying */
	constructor(id: string, first: string | undefined) {
		this.#id = id;
		this.#first = first;
	}

	snapshot(): HostSeen | null {
		return this.#last;
	}

	putBack(last: HostSeen | null): void {
		this.#last = last;
	}

	/** @param record undefined: the app server has never heard of it */
	see(record: HostRecord | undefined, agent: AgentSeen | null): HostObservation {
		const last = this.#last;
		const assigned = record?.running ?? null;
		const away = awayIn(record);
		if (
			last !== null &&
			last.assigned === assigned &&
			last.away === away &&
			isSame(last.agent, agent)
		)
			return last.observation;
		const { execution, group, background, posted } = agent ?? DEAD;
		const observation: HostObservation = {
			id: this.#id,
			agent: agent === null ? 'dead' : 'alive',
			...(away === null ? {} : { away }),
			execution,
			group: group === null ? null : groupSeen(group, this.#first),
			doing: doing(agent ?? DEAD),
			background: [...background],
			posted,
			assigned,
		};
		this.#last = { agent, assigned, away, observation };
		return observation;
	}
}

/** Why a host is not there, as the app server has it; null: it is there. */
export const awayIn = (record: Pick<HostRecord, 'gone'> | undefined): Away | null =>
	record === undefined ? 'to-come' : record.gone ? 'gone' : null;

/** A group as it is shown; the first version goes without saying. */
export const groupSeen = (
	{ group, variant, version }: SeenGroup,
	first: string | undefined,
): HostObservation['group'] => ({
	group,
	variant,
	...(version === first ? {} : { version }),
});

const isSame = (a: AgentSeen | null, b: AgentSeen | null): boolean =>
	a === b || (a !== null && b !== null && isSameSeen(a, b));

function doing({ call, command, askingFor }: AgentSeen): Doing {
	if (command !== null) return { kind: 'running', position: command };
	if (call === null) return { kind: 'idle' };
	return { kind: 'calling', ...call, ...(askingFor === null ? {} : { for: askingFor }) };
}
