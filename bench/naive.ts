import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { type AnyActorRef, type AnyStateMachine, createActor } from 'xstate';
import type { Row } from '../model/checker/engine/machines/tabulate.ts';
import { machines } from '../model/machines/index.ts';
import { asEffect, type Effect, utterances } from '../model/machines/signals.ts';
import { Model } from '../model/system/model.ts';
import type { Answering } from '../model/system/tables.ts';
import { Event } from '../model/vocabulary/events/event.ts';
import { isPossible } from '../model/vocabulary/events/possible.ts';
import type { Story } from '../model/vocabulary/stories/story.ts';
import { reference } from '../properties/systems/reference.ts';
import type { Run } from '../properties/systems/system.ts';
import { alike } from '../properties/trial/difference.ts';

/** A machine as live XState actors: each signal is sent to an actor, nothing is kept. */
class Actors {
	readonly #machine: AnyStateMachine;
	#actors: AnyActorRef[] = [];
	#effects: Effect[] = [];

	constructor(machine: AnyStateMachine) {
		const collect = (type: string) => (_: unknown, params: unknown) => {
			const effect = asEffect({ type, params });
			if (effect !== null) this.#effects.push(effect);
		};
		this.#machine = machine.provide({
			actions: Object.fromEntries(Object.keys(utterances).map((type) => [type, collect(type)])),
		});
	}

	initial(input: unknown): number {
		const actor = createActor(this.#machine, { input });
		actor.start();
		this.#actors.push(actor);
		return this.#actors.length - 1;
	}

	step(id: number, signal: { type: string }): Row<Effect> {
		const actor = this.#actors[id];
		if (actor === undefined) throw new RangeError(`no actor ${id}`);
		this.#effects = [];
		actor.send(signal);
		// A new number for the actor: what it shows may have changed.
		this.#actors.push(actor);
		return { next: this.#actors.length - 1, effects: this.#effects, taken: [], uses: 1 };
	}

	context(id: number) {
		return this.#actors[id]?.getSnapshot().context;
	}

	value(id: number) {
		return this.#actors[id]?.getSnapshot().value;
	}
}

const actors = (): Answering =>
	Object.fromEntries(
		Object.entries(machines).map(([name, machine]) => [name, new Actors(machine)]),
	) as unknown as Answering;

interface Naive {
	tell(story: Story): Promise<void>;
	close(): Promise<void>;
}

/**
 * The naive way to do the same: XState actors for the model, the reference behind a real HTTP
 * server on loopback, one round trip for each event, run by fast-check's own model runner. For
 * setups of one task on one host.
 */
export async function naive(): Promise<Naive> {
	const system = reference();
	let run: Run | null = null;
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const event = Event.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
		const seen = await run?.apply(event);
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify(seen));
	});
	// Longer than the other tasks of a benchmark take, so that the connection is kept.
	server.keepAliveTimeout = 120_000;
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;

	return {
		async tell(story) {
			run = await system.start(story.setup);
			const model = new Model(story.setup, actors());
			const commands = story.events.map((event) => ({
				check: () => isPossible(story.setup, model.seen, event),
				run: async () => {
					const answer = await fetch(`http://127.0.0.1:${port}/`, {
						method: 'POST',
						body: JSON.stringify(event),
					});
					const seen: unknown = await answer.json();
					if (!alike(model.apply(event), seen)) throw new Error(`they differ at ${event.kind}`);
				},
				toString: () => event.kind,
			}));
			await fc.asyncModelRun(() => ({ model: {}, real: {} }), commands);
			await run.stop();
		},
		close: () =>
			new Promise((resolve) => {
				server.closeAllConnections();
				server.close(() => resolve());
			}),
	};
}
