import type { ServerSnapshot } from '../../impl/live/server-orders.ts';
import { slotsInUse } from '../../impl/server/quota.ts';
import { minuteOf } from '../../impl/simulated/clock.ts';
import type { Secrets } from '../../impl/simulated/forgery.ts';
import { awayIn, groupSeen } from '../../impl/simulated/host-observer.ts';
import { VersionObserver } from '../../impl/simulated/version-observer.ts';
import type {
	Answer,
	HostObservation,
	InHand,
	Observation,
} from '../../model/vocabulary/observation.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { projectsSeen, versionsOf } from '../../model/vocabulary/versions.ts';
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
	#snapshot: ServerSnapshot | null = null;

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
		...others
	}: {
		readonly now_ms: number;
		readonly answer: Answer | null;
		readonly in_hand: readonly InHand[];
	}): Promise<Observation> {
		const { server, proxy, hosts } = this.#scene;
		const snapshot = await server.look(this.#setup);
		this.#snapshot = snapshot;
		return {
			minute: minuteOf(now_ms),
			server: server.isUp ? 'up' : 'down',
			...this.#version.see(this.committed),
			hosts: hosts.map((host) => this.#seeHost(host, snapshot)),
			messages: proxy.messages,
			...projectsSeen(
				snapshot.projects.map(({ policy, slots }) => {
					return { policy, quota_used: slotsInUse(slots, now_ms) };
				}),
			),
			...others,
			ignored_flags: snapshot.ignored_flags,
		};
	}

	#seeHost({ id, snapshot }: LiveHost, { hosts }: ServerSnapshot): HostObservation {
		const [first] = versionsOf(this.#setup).versions;
		const record = hosts.find((host) => host.id === id);
		const away = awayIn(record);
		return {
			id,
			agent: snapshot === null ? 'dead' : 'alive',
			...(away === null ? {} : { away }),
			execution: snapshot?.execution ?? null,
			group: snapshot?.group ? groupSeen(snapshot.group, first?.id) : null,
			doing: snapshot?.doing ?? { kind: 'idle' },
			background: snapshot?.behind.map(({ position }) => position) ?? [],
			posted: snapshot?.posted ?? null,
			assigned: record?.running ?? null,
		};
	}

	#last(): ServerSnapshot {
		if (this.#snapshot === null) throw new Error('nothing was looked at yet');
		return this.#snapshot;
	}
}
