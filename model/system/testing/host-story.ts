import type { CommandOutcome } from '../../vocabulary/command.ts';
import type { Event } from '../../vocabulary/events/event.ts';
import { isPossible } from '../../vocabulary/events/possible.ts';
import { selectorOf } from '../../vocabulary/message.ts';
import type { HostObservation, Observation } from '../../vocabulary/observation.ts';
import type { Block } from '../../vocabulary/project.ts';
import type { Setup } from '../../vocabulary/setup.ts';
import { Model } from '../model.ts';
import { tablesOf } from '../tables-by-design.ts';

/** A story on the model about one host, and what its agent has done in it: calls and commands, in order. */
export class HostStory {
	readonly did: string[] = [];
	readonly #setup: Setup;
	readonly #model: Model;

	constructor(setup: Setup) {
		this.#setup = setup;
		this.#model = new Model(setup, tablesOf(setup));
	}

	get seen(): Observation {
		return this.#model.seen;
	}

	get host(): HostObservation {
		const [host] = this.seen.hosts;
		if (host === undefined) throw new RangeError('no host');
		return host;
	}

	/** What the agent does now; of a command, its block and step. */
	get doing(): string {
		const { doing } = this.host;
		if (doing.kind === 'running') return `${doing.position.block} ${doing.position.step}`;
		return doing.kind === 'calling' ? doing.route : 'idle';
	}

	/** An event that cannot happen is a mistake in the story. */
	happen(event: Event): this {
		if (!isPossible(this.#setup, this.seen, event))
			throw new RangeError(`${event.kind} cannot happen while the host is at ${this.doing}`);
		const was = this.doing;
		this.#model.apply(event);
		if (this.doing !== was && this.doing !== 'idle') this.did.push(this.doing);
		return this;
	}

	/** Delivers what is in flight, and what comes of it, until nothing is. */
	deliver(): this {
		for (;;) {
			const [message] = this.seen.messages;
			if (message === undefined) return this;
			this.happen({ kind: 'message-delivered', message: selectorOf(message) });
		}
	}

	/** The agent asks for work. */
	asks(): this {
		return this.happen({ kind: 'host-asks', host: this.host.id }).deliver();
	}

	/** The command that runs ends. */
	ends(outcome: CommandOutcome = 'succeeded'): this {
		return this.happen({ kind: 'command-ends', host: this.host.id, outcome }).deliver();
	}

	/** Commands succeed until one of the block runs. */
	until(block: Block): this {
		while (!this.doing.startsWith(`${block} `)) this.ends();
		return this;
	}

	/** Commands succeed until the agent is idle. */
	untilIdle(): this {
		while (this.doing !== 'idle') this.ends();
		return this;
	}

	/** An abort of the task that the agent holds, of which it hears at once. */
	aborts(): this {
		const { id: host, execution } = this.host;
		this.happen({ kind: 'user-aborts', task: execution?.task ?? '' });
		return this.happen({ kind: 'heartbeat-sent', host }).deliver();
	}

	/** What the agent has done since this was last asked. */
	since(): string[] {
		return this.did.splice(0);
	}
}
