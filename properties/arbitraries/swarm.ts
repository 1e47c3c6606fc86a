import fc from 'fast-check';
import type { EventKind } from '../../model/vocabulary/event.ts';

/** How often each kind of event is tried; a kind that is absent never happens in the run. */
export type Swarm = Partial<Record<EventKind, number>>;

/** What keeps work going, in every run. */
const STAPLE: Swarm = {
	'host-asks': 4,
	'message-delivered': 24,
	'command-ends': 24,
};

/** Kinds that are on in some runs and off in others. */
export const OPTIONAL: readonly EventKind[] = [
	'background-fails',
	'status-posted',
	'heartbeat-sent',
	'call-retried',
	'call-abandoned',
	'agent-dies',
	'agent-returns',
	'message-lost',
	'message-repeated',
	'server-crashes',
	'server-returns',
	'monitor-runs',
	'user-aborts',
	'user-restarts',
	'hours-pass',
	'host-unreachable',
	'request-forged',
];

/** Kinds that are possible only in narrow windows, and are tried more often for it. */
const RARE: ReadonlySet<EventKind> = new Set([
	'background-fails',
	'status-posted',
	'heartbeat-sent',
]);

/** What undoes a fault is on when the fault is. */
const UNDONE_BY: Partial<Record<EventKind, EventKind>> = {
	'agent-dies': 'agent-returns',
	'server-crashes': 'server-returns',
	'message-lost': 'call-retried',
	'host-unreachable': 'monitor-runs',
};

function withKinds(kinds: readonly EventKind[], weightOf: (kind: EventKind) => number): Swarm {
	const drawn: Swarm = { ...STAPLE };
	for (const kind of kinds) {
		drawn[kind] = weightOf(kind) * (RARE.has(kind) ? 6 : 1);
		const undo = UNDONE_BY[kind];
		if (undo !== undefined) drawn[undo] ??= 4;
	}
	return drawn;
}

/**
 * Swarm testing: each run draws which kinds of event are on and how often they come, so that some
 * runs are all aborts and others none; what all kinds together would drown shows.
 */
export const swarm: fc.Arbitrary<Swarm> = fc
	.tuple(
		fc.oneof(fc.subarray([...OPTIONAL]), fc.subarray([...OPTIONAL], { maxLength: 4 })),
		fc.array(fc.constantFrom(1, 1, 2, 4), {
			minLength: OPTIONAL.length,
			maxLength: OPTIONAL.length,
		}),
	)
	.map(([kinds, weights]) => withKinds(kinds, (kind) => weights[OPTIONAL.indexOf(kind)] ?? 1));

/** Nothing but work, and commands that fail: no network faults, crashes, users or attackers. */
export const plain: Swarm = { ...STAPLE, 'heartbeat-sent': 1 };

/** Work, one kind of event beside it, and what undoes that. */
export const alone = (kind: EventKind): Swarm => withKinds([kind], () => 4);
