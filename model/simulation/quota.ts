import { type ActorRefFrom, createActor } from 'xstate';
import { quotaMachine } from '../machines/quota.ts';
import type { QuotaSignal, SignalTo } from '../machines/signals.ts';
import { heededOf, Policy } from '../vocabulary/setup.ts';

const HOUR: QuotaSignal = { type: 'MINUTES', minutes: 60 };
/** Which unit takes a slot does not matter here. */
const TAKE: QuotaSignal = { type: 'TAKE', unit: 0, task: 0 };

/**
 * The quota of a project over many days (S7): the quota machine as a live actor. Over days its
 * snapshots hardly ever come again, so that a table would only grow, and an actor takes a seventh of
 * the time that `transition()` takes.
 */
export class ProjectQuota {
	readonly #actor: ActorRefFrom<typeof quotaMachine>;
	#heard: SignalTo | null = null;

	/** `limit`: 0 means not limited. */
	constructor(limit: number) {
		const hear = (_: unknown, said: SignalTo): void => {
			this.#heard = said;
		};
		const policy = heededOf(Policy.parse({ daily_limit: limit }));
		const machine = quotaMachine.provide({ actions: { signal: hear } });
		this.#actor = createActor(machine, { input: { policy } }).start();
	}

	get slotsInUse(): number {
		return this.#actor.getSnapshot().context.slots.length;
	}

	/** Takes a slot; false: none is free. */
	take(): boolean {
		this.#heard = null;
		this.#actor.send(TAKE);
		const heard = this.#answer();
		if (heard?.to !== 'unit') throw new RangeError('the quota did not answer');
		return heard.signal.type === 'TAKEN';
	}

	/** An hour passes. */
	hourPasses(): void {
		this.#actor.send(HOUR);
	}

	/** What the last signal was answered with. */
	#answer(): SignalTo | null {
		return this.#heard;
	}
}
