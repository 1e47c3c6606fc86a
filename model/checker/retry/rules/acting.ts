import { hostSeen } from '../../../system/model-observer.ts';
import { shapeOf } from '../../../system/shape.ts';
import type { Bounds } from '../../../vocabulary/bounds.ts';
import type { Event } from '../../../vocabulary/events/event.ts';
import type { Message } from '../../../vocabulary/message.ts';
import type { Observation } from '../../../vocabulary/observation.ts';
import { heededOf, Policy } from '../../../vocabulary/setup.ts';
import { versionsOf } from '../../../vocabulary/versions.ts';
import type { Outcome, Rule } from '../../engine/product/product.ts';
import { NOW } from '../sandbox/local.ts';
import {
	type Happened,
	quotaPlace,
	type Sandbox,
	SERVER,
	taskPlace,
	unitPlace,
} from '../sandbox/sandbox.ts';

export type RetryRule = Rule<Happened>;
export type RetryOutcome = Outcome<Happened>;

/** An event, and the place of the budget that it costs one of. */
export interface Costed {
	readonly event: Event;
	readonly cost?: number;
}

/** What all who act have in common: the sandbox on which events are tried, and how often they may. */
export class Acting {
	readonly sandbox: Sandbox;
	readonly bounds: Bounds;

	constructor(sandbox: Sandbox, bounds: Bounds) {
		this.sandbox = sandbox;
		this.bounds = bounds;
	}

	/** What comes of a whole event. */
	outcome(
		event: Event,
		reads: readonly number[],
		states: readonly number[],
		cost: number | undefined,
	): RetryOutcome {
		const { happened, writes, network } = this.sandbox.happen(event, reads, states, null);
		return { label: happened, writes, network, ...(cost === undefined ? {} : { cost }) };
	}

	/** A part of an event, which follows in the same step. */
	part(
		event: Event,
		reads: readonly number[],
		minutes: number,
		act: Parameters<Sandbox['part']>[4],
	): RetryRule {
		return {
			reads,
			ask: (states) => {
				const { happened, writes, network } = this.sandbox.part(event, reads, states, minutes, act);
				return [{ label: happened, writes, network }];
			},
		};
	}

	/** What a request that changes no status or list may touch: the unit of a task, its quota, and the server. */
	ownReads(task: number): number[] {
		const { setup } = this.sandbox;
		const quota = quotaPlace(setup, versionsOf(setup).projectOf[task] ?? 0);
		return [taskPlace(setup, task), quota, SERVER];
	}

	/**
	 * What any event that concerns a unit may touch: it, its quota, the server, and the units of dependents; in
	 * the merge queue all of its version.
	 */
	reads(unit: number): number[] {
		const { setup } = this.sandbox;
		const { units, versions, downstream } = shapeOf(setup);
		const all =
			setup.requester === 'github_merge_request'
				? versions.find((version) => version.includes(unit))
				: downstream[unit];
		const others = (all ?? []).filter((other) => other !== unit);
		const quota = quotaPlace(setup, units[unit]?.project ?? 0);
		return [unitPlace(unit), quota, SERVER, ...others.map(unitPlace)];
	}

	readsOf(task: number): number[] {
		return this.reads(shapeOf(this.sandbox.setup).unitOf[task] ?? 0);
	}

	isUp(server: number | undefined): boolean {
		return this.sandbox.tables['app-server'].value(server ?? 0) === 'up';
	}

	isAlive(host: string, state: number): boolean {
		const { setup, local, tables } = this.sandbox;
		const seen = hostSeen(setup, tables, setup.hosts.indexOf(host), local.host(state), null);
		return seen.agent === 'alive';
	}
}

/** An observation in which there is nothing but what is put in. */
export const NOTHING: Observation = {
	minute: NOW,
	server: 'up',
	tasks: [],
	display_tasks: [],
	version: 'created',
	hosts: [],
	messages: [],
	in_hand: [],
	policy: heededOf(Policy.parse({})),
	quota_used: 0,
	answer: null,
	ignored_flags: [],
};

/** An outcome that writes nothing. */
export const labelled = (event: Event, gone: Message[], come: Message[]): RetryOutcome => ({
	label: { event, answer: null, gone, come, minutes: 0 },
	writes: [],
});
