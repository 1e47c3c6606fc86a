import type { ServerLooks } from '../../impl/live/server-orders.ts';
import { slotsInUse } from '../../impl/server/quota.ts';
import { hourOf } from '../../impl/simulated/clock.ts';
import type { Secrets } from '../../impl/simulated/forgery.ts';
import { VersionObserver } from '../../impl/simulated/version-observer.ts';
import type { Answer, HostObservation, Observation } from '../../model/vocabulary/observation.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import type { LiveAppServer } from './app-server.ts';
import type { LiveHost } from './host.ts';
import type { FaultProxy } from './proxy.ts';

/** What an observer looks at. */
export interface Scene {
	readonly server: LiveAppServer;
	readonly proxy: FaultProxy;
	readonly hosts: readonly LiveHost[];
}

/** Looks at what is: the store, through the server's process; the agents, through theirs; the proxy. */
export class LiveObserver {
	readonly #setup: Setup;
	readonly #scene: Scene;
	readonly #version: VersionObserver;
	#looks: ServerLooks | null = null;

	constructor(setup: Setup, scene: Scene) {
		this.#setup = setup;
		this.#scene = scene;
		this.#version = new VersionObserver(setup);
	}

	/** What was committed when it was looked at last: for a forger, who knows secrets. */
	get committed(): Secrets {
		const { tasks, hosts } = this.#last();
		const taskOf = (id: string) => tasks.find(({ task }) => task.id === id);
		return {
			committedTask: (id) => taskOf(id)?.task,
			committedHistory: (id) => taskOf(id)?.history ?? [],
			committedHost: (id) => hosts.find((host) => host.id === id),
		};
	}

	async observe({
		now_ms,
		answer,
	}: {
		now_ms: number;
		answer: Answer | null;
	}): Promise<Observation> {
		const { server, proxy, hosts } = this.#scene;
		const looks = await server.look(this.#setup);
		this.#looks = looks;
		return {
			hour: hourOf(now_ms),
			server: server.isUp ? 'up' : 'down',
			...this.#version.see(this.committed),
			hosts: hosts.map((host) => this.#seeHost(host, looks)),
			messages: proxy.messages,
			quota_used: slotsInUse(looks.slots, now_ms),
			answer,
			ignored_flags: looks.ignored_flags,
		};
	}

	#seeHost({ id, looks }: LiveHost, { hosts }: ServerLooks): HostObservation {
		return {
			id,
			agent: looks === null ? 'dead' : 'alive',
			execution: looks?.execution ?? null,
			group: looks?.group ?? null,
			doing: looks?.doing ?? { kind: 'idle' },
			background: looks?.background ?? [],
			posted: looks?.posted ?? null,
			assigned: hosts.find((host) => host.id === id)?.running ?? null,
		};
	}

	#last(): ServerLooks {
		if (this.#looks === null) throw new Error('nothing was looked at yet');
		return this.#looks;
	}
}
