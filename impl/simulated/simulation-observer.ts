import type {
	Answer,
	HostObservation,
	InHand,
	Observation,
} from '../../model/vocabulary/observation.ts';
import type { PolicyInForce, Setup } from '../../model/vocabulary/setup.ts';
import { type ProjectsSeen, projectsSeen, versionsOf } from '../../model/vocabulary/versions.ts';
import type { Shows } from '../server/display-task.ts';
import { slotsInUse } from '../server/quota.ts';
import type { Committed } from '../store/committed.ts';
import type { PolicyRecord } from '../store/store.ts';
import type { AgentSeen } from './agent.ts';
import { minuteOf } from './clock.ts';
import { HostObserver, type HostSeen } from './host-observer.ts';
import type { SimulatedNetwork } from './network.ts';
import type { TaskSeen } from './task-observer.ts';
import { VersionObserver } from './version-observer.ts';

/** What an observer looks at. */
export interface Scene {
	readonly setup: Setup;
	readonly store: Committed;
	readonly network: SimulatedNetwork;
	/** What the app server shows of several tasks. */
	readonly rules: Partial<Shows>;
}

/** What changes without leaving a record. */
export interface Moment {
	readonly now_ms: number;
	readonly server: 'up' | 'down';
	readonly in_hand: readonly InHand[];
	readonly answer: Answer | null;
	/** In the order of the setup; null where the agent is dead. */
	readonly agents: readonly (AgentSeen | null)[];
}

/** What was seen last. */
export interface LastSeen {
	readonly tasks: readonly TaskSeen[];
	readonly hosts: readonly (HostSeen | null)[];
}

/**
 * Looks at what is: committed records, agents, the network. Records are immutable, so what was seen
 * of one is seen again without a second look; parts that did not change are the same objects.
 */
export class SimulationObserver {
	readonly #scene: Scene;
	readonly #version: VersionObserver;
	readonly #hosts: readonly HostObserver[];

	constructor(scene: Scene) {
		this.#scene = scene;
		this.#version = new VersionObserver(scene.setup, scene.rules);
		const [first] = versionsOf(scene.setup).versions;
		this.#hosts = scene.setup.hosts.map((id) => new HostObserver(id, first?.id));
	}

	snapshot(): LastSeen {
		return {
			tasks: this.#version.snapshot(),
			hosts: this.#hosts.map((host) => host.snapshot()),
		};
	}

	putBack({ tasks, hosts }: LastSeen): void {
		this.#version.putBack(tasks);
		for (const [place, host] of this.#hosts.entries()) host.putBack(hosts[place] ?? null);
	}

	observe({ now_ms, server, in_hand, answer, agents }: Moment): Observation {
		const { setup, store, network } = this.#scene;
		const project = store.committedProject(setup.project.id);
		return {
			minute: minuteOf(now_ms),
			server,
			...this.#version.see(store),
			hosts: setup.hosts.map((id, index) => this.#seeHost(id, index, agents[index] ?? null)),
			messages: [...network.messages],
			in_hand,
			...this.#seeProjects(now_ms),
			answer,
			ignored_flags: [...(project?.ignored_flags ?? [])],
		};
	}

	#seeProjects(now_ms: number): ProjectsSeen {
		const { setup, store, rules } = this.#scene;
		const kept = heeded(store.committedPolicy());
		return projectsSeen(
			versionsOf(setup).projects.map(({ id }) => {
				const { slots = [], policy = null } = store.committedProject(id) ?? {};
				const quota_used = (rules.slotsInUse ?? slotsInUse)(slots, now_ms);
				return { policy: policy ?? kept, quota_used };
			}),
		);
	}

	#seeHost(id: string, index: number, agent: AgentSeen | null): HostObservation {
		const record = this.#scene.store.committedHost(id);
		const observer = this.#hosts[index];
		if (observer === undefined) throw new Error(`no host "${id}"`);
		return observer.see(record, agent);
	}
}

function heeded(kept: PolicyRecord | undefined): PolicyInForce {
	if (kept === undefined) throw new Error('no policy is kept');
	return kept.heeded;
}
