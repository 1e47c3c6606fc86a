import type { Event } from '../events/event.ts';
import { selectorOfHandler } from '../events/held.ts';
import { selectorOf } from '../message.ts';
import type { Observation } from '../observation.ts';

/** Most events that a story is given to come to rest. */
export const REST_LENGTH = 400;

/**
 * What happens next when only what is fair happens: a crashed server comes back, what is
 * held goes on, messages are delivered, unanswered calls are sent again or given up, commands succeed, time passes and the
 * monitor runs. Null: at rest. No user, no attacker and no further fault acts; a dead agent stays
 * dead, and idle hosts ask until there is nothing for them, so that what waits is taken up (L5).
 */
export class Rest {
	#asked = new Set<string>();
	#sweeps = 0;

	next(seen: Observation): Event | null {
		// As long as work is done there is reason to wait for the monitor.
		if (seen.hosts.some(({ execution }) => execution !== null)) {
			this.#sweeps = 0;
			// What ends may make something ready, and leaves a host that asks again.
			this.#asked.clear();
		}
		if (seen.server === 'down') return { kind: 'server-returns' };
		const handler = seen.in_hand[0];
		if (handler !== undefined) return { kind: 'goes-on', handler: selectorOfHandler(handler) };
		const message = seen.messages[0];
		if (message !== undefined) return { kind: 'message-delivered', message: selectorOf(message) };
		for (const { id: host, doing } of seen.hosts) {
			if (doing.kind === 'calling') return { kind: 'call-retried', host };
			if (doing.kind === 'running') return { kind: 'command-ends', host, outcome: 'succeeded' };
		}
		return this.#ask(seen) ?? this.#sweep(seen);
	}

	/** An execution without an agent, or a restart that a crash left behind: for the monitor. */
	#sweep(seen: Observation): Event | null {
		const left = seen.tasks.some(
			({ status, restart_pending, repair_pending, restart_asked }) =>
				status === 'dispatched' ||
				status === 'started' ||
				restart_pending ||
				repair_pending ||
				restart_asked !== undefined,
		);
		if (!left) {
			this.#sweeps = 0;
			return null;
		}
		const orphaned = seen.hosts.filter(({ agent, execution }) => agent === 'alive' && !execution);
		const retaken = orphaned.find(({ id, assigned }) => {
			const task = seen.tasks.find((candidate) => candidate.id === assigned?.task);
			return task?.status === 'dispatched' && !this.#asked.has(id);
		});
		if (retaken !== undefined) return this.#askOnce(retaken.id);
		this.#sweeps++;
		if (this.#sweeps > 4) return null;
		// An hour frees what was kept for a host that is gone, and the monitor a host that lost its task: what is ready may be taken up.
		this.#asked.clear();
		if (this.#sweeps % 2 === 0) return { kind: 'monitor-runs' };
		return { kind: 'hours-pass', hours: 1 };
	}

	#ask(seen: Observation): Event | null {
		if (!seen.tasks.some(({ status, held }) => status === 'undispatched' && held === null))
			return null;
		const host = seen.hosts.find(
			({ id, agent, doing }) => agent === 'alive' && doing.kind === 'idle' && !this.#asked.has(id),
		);
		return host === undefined ? null : this.#askOnce(host.id);
	}

	#askOnce(host: string): Event {
		this.#asked.add(host);
		return { kind: 'host-asks', host };
	}
}
