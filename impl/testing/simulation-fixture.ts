import type { CommandOutcome } from '../../model/vocabulary/command.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import { isPossible } from '../../model/vocabulary/events/possible.ts';
import type { MessageSelector, Route } from '../../model/vocabulary/message.ts';
import type {
	HostObservation,
	Observation,
	TaskObservation,
} from '../../model/vocabulary/observation.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { Simulation, type SimulationOptions } from '../simulated/simulation.ts';

/** A simulation that a test plays on, in few words. An impossible event is a mistake of the test. */
export class SimulationFixture {
	readonly #setup: Setup;
	readonly #simulation: Simulation;

	static async of(setup: Setup, options?: SimulationOptions): Promise<SimulationFixture> {
		return new SimulationFixture(setup, await Simulation.start(setup, options));
	}

	private constructor(setup: Setup, simulation: Simulation) {
		this.#setup = setup;
		this.#simulation = simulation;
	}

	get seen(): Observation {
		return this.#simulation.seen;
	}

	task(index = 0): TaskObservation {
		const task = this.seen.tasks[index];
		if (task === undefined) throw new Error(`no task ${index}`);
		return task;
	}

	host(index = 0): HostObservation {
		const host = this.seen.hosts[index];
		if (host === undefined) throw new Error(`no host ${index}`);
		return host;
	}

	async play(...events: readonly Event[]): Promise<Observation> {
		for (const event of events) {
			if (!isPossible(this.#setup, this.seen, event))
				throw new Error(`not possible: ${JSON.stringify(event)}`);
			await this.#simulation.apply(event);
		}
		return this.seen;
	}

	/** The agent's call is delivered, and its answer too. */
	async exchange(route: Route): Promise<Observation> {
		return this.play(delivered('request', route), delivered('reply', route));
	}

	/** A host asks for work, gets it and starts it. */
	async begin(host = 'h1'): Promise<Observation> {
		await this.play({ kind: 'host-asks', host });
		await this.exchange('next');
		return this.exchange('start');
	}

	async command(outcome: CommandOutcome, host = 'h1'): Promise<Observation> {
		return this.play({ kind: 'command-ends', host, outcome });
	}

	/** What a host does now, as short as can be: `idle`, `mark 1`, `main 0`, `pre 0.1`. */
	doing(index = 0): string {
		const { doing } = this.host(index);
		switch (doing.kind) {
			case 'idle':
				return 'idle';
			case 'calling':
				return `${doing.route} ${doing.sent}`;
			case 'running': {
				const { block, step, member } = doing.position;
				return `${block} ${step}${member === null ? '' : `.${member}`}`;
			}
		}
	}
}

export const delivered = (
	leg: 'request' | 'reply',
	route: Route,
	more: Partial<MessageSelector> = {},
): Event => ({ kind: 'message-delivered', message: { leg, route, ...more } });
