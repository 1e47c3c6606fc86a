import {
	type Begun,
	findInHand,
	type HandlerSelector,
} from '../../model/vocabulary/events/held.ts';
import type { Message } from '../../model/vocabulary/message.ts';
import {
	type InHand,
	NOTHING_IN_HAND,
	type Observation,
} from '../../model/vocabulary/observation.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import type { LightRequest } from '../wire/exchange.ts';
import type { InFlight, Waiting } from './network.ts';
import type { Progress } from './stopping-store.ts';
import { shownOf } from './user-requests.ts';

/** What the app server works on: a request, of an agent or not, or a run of the monitor. */
export type Work =
	| { readonly kind: 'message'; readonly message: Extract<InFlight, { leg: 'request' }> }
	| { readonly kind: 'request'; readonly request: LightRequest }
	| { readonly kind: 'monitor' };

/** A handler that is held. */
export interface Handler {
	readonly seen: InHand;
	readonly work: Work;
	readonly progress: Progress;
}

/** The handlers that are held, oldest first. They are plain data: what is put back is what was. */
export class Handlers {
	#held: readonly Handler[] = [];
	#seen: readonly InHand[] = NOTHING_IN_HAND;

	/** What is seen of them; the same array as long as nothing changed. */
	get seen(): readonly InHand[] {
		return this.#seen;
	}

	snapshot(): readonly Handler[] {
		return this.#held;
	}

	putBack(held: readonly Handler[]): void {
		if (held !== this.#held) this.#replace(held);
	}

	add(handler: Handler): void {
		this.#replace([...this.#held, handler]);
	}

	find(selector: HandlerSelector): Handler {
		const found = this.#held[findInHand(selector, { in_hand: this.#seen })];
		if (found === undefined) throw new Error('no such handler is held');
		return found;
	}

	/** It stands elsewhere; null: it is done. */
	move(handler: Handler, progress: Progress | null): void {
		const seen = progress === null ? null : { ...handler.seen, commits: progress.commits };
		this.#replace(
			this.#held.flatMap((one) => {
				if (one !== handler) return [one];
				return progress === null || seen === null ? [] : [{ ...handler, seen, progress }];
			}),
		);
	}

	/** Nobody waits any more for the answer on that connection. */
	closed(connection: Waiting): void {
		const waits = ({ work }: Handler): boolean =>
			work.kind === 'message' && work.message.connection === connection;
		if (!this.#held.some(waits)) return;
		this.#replace(this.#held.map((one) => (waits(one) ? unawaited(one) : one)));
	}

	/** The process that held them is no more. */
	clear(): void {
		if (this.#held.length > 0) this.#replace([]);
	}

	#replace(held: readonly Handler[]): void {
		this.#held = held;
		this.#seen = held.length === 0 ? NOTHING_IN_HAND : held.map(({ seen }) => seen);
	}
}

const unawaited = ({ seen, work, progress }: Handler): Handler => ({
	seen: { ...seen, awaited: false },
	work:
		work.kind === 'message' ? { ...work, message: { ...work.message, connection: null } } : work,
	progress,
});

/**
 * What is seen of a handler that is held at its beginning; `request`: the one of an agent that it works on; `seen`: what
 * is shown to the user then.
 */
export function inHand(
	begun: Begun,
	request: Message | null,
	setup: Setup,
	seen: Pick<Observation, 'tasks'>,
): InHand {
	if (request !== null) {
		const { route, host, task, execution, details, awaited } = request;
		return { ...NOBODY, route, host, task, execution, details, awaited };
	}
	switch (begun.kind) {
		case 'user-aborts':
			return { ...NOBODY, route: 'abort', task: begun.task, awaited: true };
		case 'user-restarts': {
			const { task, execution, failed_only = false } = begun;
			return { ...NOBODY, route: 'restart', task, execution, failed_only, awaited: true };
		}
		case 'user-restarts-when-finished': {
			const { kind: _, failed_only = false, ...asked } = begun;
			return { ...NOBODY, route: 'restart-when-finished', ...asked, failed_only, awaited: true };
		}
		case 'user-aborts-version': {
			const { kind: _, ...named } = begun;
			return { ...NOBODY, route: 'abort-version', ...named, awaited: true };
		}
		case 'user-restarts-version': {
			const { kind: _, failed_only = false, ...asked } = begun;
			const executions = shownOf(asked.version, setup, seen).map(({ execution }) => execution);
			const of = { ...asked, executions, failed_only };
			return { ...NOBODY, route: 'restart-version', ...of, awaited: true };
		}
		default:
			return NOBODY;
	}
}

/** A run of the monitor, which nobody waits for. */
const NOBODY: InHand = {
	route: 'monitor',
	host: null,
	task: null,
	execution: null,
	details: null,
	failed_only: false,
	awaited: false,
	commits: 0,
};
