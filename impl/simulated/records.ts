import type { Envelope } from '../ports/transport.ts';
import { LightResponse, type WireResponse } from '../wire/exchange.ts';
import { type AgentSeen, type Heard, isSameSeen } from './agent.ts';
import type { AgentNetwork, SimulatedConnection } from './network.ts';
import { AgentProcess, type ProcessOptions } from './process.ts';
import { untilAtRest } from './rest.ts';

/** What an agent hears, answers included: they are told by the number of the connection that they come over. */
export type Told =
	| Heard
	| { readonly kind: 'reply'; readonly connection: number; readonly response: WireResponse }
	| { readonly kind: 'beat answered'; readonly response: WireResponse };

/** What an agent does to the network. */
export type Said =
	| { readonly kind: 'request'; readonly envelope: Envelope; readonly connection: number }
	| { readonly kind: 'closed'; readonly connection: number };

/** What an agent does when it is told something, and where it is then. */
export interface Reaction {
	readonly said: readonly Said[];
	readonly to: AgentMoment;
}

/** Where an agent is after what it was told, one thing after another. */
export interface AgentMoment {
	readonly last: { readonly before: AgentMoment; readonly told: Told } | null;
	readonly seen: AgentSeen;
	/** The connections on which it waits. */
	readonly open: readonly number[];
	/** By what it is told then. */
	readonly reactions: Map<string, Reaction>;
	/** The heartbeat that it would send then; null: none. Not known before it was asked for. */
	beat?: Envelope | null;
}

/** A network that only notes what the agent does; nobody else is on it. */
class Recorder implements AgentNetwork {
	readonly connections: SimulatedConnection[] = [];
	#said: Said[] = [];

	request(envelope: Envelope, connection: SimulatedConnection): void {
		const number = this.connections.push(connection) - 1;
		this.#said.push({ kind: 'request', envelope, connection: number });
	}

	closed(connection: SimulatedConnection): void {
		this.#said.push({ kind: 'closed', connection: this.connections.indexOf(connection) });
	}

	get open(): number[] {
		return this.connections.flatMap(({ isOpen }, number) => (isOpen ? [number] : []));
	}

	take(): readonly Said[] {
		const said = this.#said;
		this.#said = [];
		return said;
	}
}

interface Running {
	readonly process: AgentProcess;
	readonly recorder: Recorder;
	moment: AgentMoment;
}

/**
 * What the agent of one host does, noted once for everything that it may have been told since it was last
 * idle without a group: an agent is ordinary code and cannot be put back, but what it does depends on nothing
 * else. Whatever is not known yet is found out with an agent that is told it all anew, on a network of its own.
 */
export class AgentRecords {
	readonly first: AgentMoment;
	readonly #options: Omit<ProcessOptions, 'network'>;
	/** The agent that found something out last. */
	#running: Running | null = null;

	constructor(options: Omit<ProcessOptions, 'network'>) {
		this.#options = options;
		const { process } = this.#start(null);
		this.first = momentAfter(null, process.seen, []);
	}

	/** What the agent does when it is told this then. */
	async find(before: AgentMoment, key: string, told: Told): Promise<Reaction> {
		const running = await this.#at(before);
		this.#running = null;
		await this.#tell(running, told);
		const { process, recorder } = running;
		const said = recorder.take();
		const seen = process.seen;
		const isFirst = process.isIdle && isSameSeen(seen, this.first.seen);
		const to = isFirst ? this.first : momentAfter({ before, told }, seen, recorder.open);
		if (!isFirst) {
			running.moment = to;
			this.#running = running;
		}
		const reaction = { said, to };
		before.reactions.set(key, reaction);
		return reaction;
	}

	/** The heartbeat that the agent would send then. */
	async beatOf(moment: AgentMoment): Promise<Envelope | null> {
		const { process } = await this.#at(moment);
		let envelope: Envelope | null = null;
		process.beatReliably((sent) => {
			envelope = sent;
			return new Promise(() => {});
		});
		this.#running = null;
		moment.beat = envelope;
		return envelope;
	}

	async #at(moment: AgentMoment): Promise<Running> {
		if (this.#running?.moment === moment) return this.#running;
		const running = this.#start(moment);
		const { process, recorder } = running;
		await untilAtRest(() => process.isAtRest);
		for (const told of storyOf(moment)) await this.#tell(running, told);
		recorder.take();
		return running;
	}

	#start(moment: AgentMoment | null): Running {
		const recorder = new Recorder();
		const process = new AgentProcess({ ...this.#options, network: recorder });
		return { process, recorder, moment: moment ?? this.first };
	}

	#tell({ process, recorder }: Running, told: Told): Promise<void> {
		if (told.kind === 'reply') recorder.connections[told.connection]?.deliver(told.response);
		else if (told.kind === 'beat answered') process.beatReliably(async () => told.response);
		else process.hear(told);
		return untilAtRest(() => process.isAtRest);
	}
}

const momentAfter = (
	last: AgentMoment['last'],
	seen: AgentSeen,
	open: readonly number[],
): AgentMoment => ({ last, seen, open, reactions: new Map() });

/** All that an agent was told until then. */
function storyOf(moment: AgentMoment): Told[] {
	const story: Told[] = [];
	for (let { last } = moment; last !== null; last = last.before.last) story.push(last.told);
	return story.reverse();
}

/** Two things that an agent is told alike have one key. */
export function keyOf(told: Told): string {
	switch (told.kind) {
		case 'reply':
			return `${told.connection} ${sayResponse(told.response)}`;
		case 'beat answered':
			return `beat ${sayResponse(told.response)}`;
		case 'command ends':
			return `ends ${told.outcome} ${told.exit ?? ''}`;
		case 'background fails':
			return `fails ${JSON.stringify([told.position, told.exit])}`;
		case 'minutes':
			return `${told.cutOff ? 'cut off' : 'minutes'} ${told.minutes}`;
		case 'status posted':
			return `posted ${JSON.stringify([told.posted, told.remarks])}`;
		default:
			return told.kind;
	}
}

function sayResponse(response: WireResponse): string {
	if (!(response instanceof LightResponse))
		throw new RangeError('of an agent on record, only light responses are known');
	return `${response.status} ${JSON.stringify(response.body)}`;
}
