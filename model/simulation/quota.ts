import { initialTransition, type SnapshotFrom, transition } from 'xstate';
import { quotaMachine } from '../machines/quota.ts';
import { asEffect, type QuotaSignal } from '../machines/signals.ts';

const HOUR: QuotaSignal = { type: 'HOURS', hours: 1 };
const TAKE: QuotaSignal = { type: 'TAKE', task: 0 };

/**
 * The quota of a project over many days (S7): the quota machine itself, asked each time. Its snapshots hardly
 * ever come again over days, so a table would only grow. Which task took a slot does not matter here.
 */
export class ProjectQuota {
	#snapshot: SnapshotFrom<typeof quotaMachine>;

	/** `limit`: 0 means not limited. */
	constructor(limit: number) {
		[this.#snapshot] = initialTransition(quotaMachine, { limit });
	}

	get slotsInUse(): number {
		return this.#snapshot.context.slots.length;
	}

	/** Takes a slot; false: none is free. */
	take(): boolean {
		const [next, actions] = transition(quotaMachine, this.#snapshot, TAKE);
		this.#snapshot = next;
		for (const action of actions) {
			const effect = asEffect({ type: action.type, params: action.params });
			if (effect?.type === 'tell' && effect.params.to === 'task')
				return effect.params.signal.type === 'TAKEN';
		}
		throw new RangeError('the quota did not answer');
	}

	/** An hour passes. */
	hourPasses(): void {
		[this.#snapshot] = transition(quotaMachine, this.#snapshot, HOUR);
	}
}
