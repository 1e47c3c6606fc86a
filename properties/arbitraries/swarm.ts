import fc from 'fast-check';
import { descriptorOf, type EventKind, KINDS } from '../../model/vocabulary/events/event.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';

/** How often each kind of event is tried; a kind that is absent never happens in the run. */
export type Swarm = Partial<Record<EventKind, number>>;

/** What keeps work going, in every run. */
const STAPLE: Swarm = {};

/** Kinds that are on in some runs and off in others, and how many times as often they are tried as drawn. */
const FACTORS = new Map<EventKind, number>();

/** What undoes a fault is on when the fault is. */
const UNDONE_BY = new Map<EventKind, EventKind>();

/** What tells the same in another way is on when that is, and as often. */
const BESIDE = new Map<EventKind, EventKind>();

/** On wherever a setup says so. */
const OF_SETUPS = new Map<EventKind, (setup: Setup) => number>();

const named = (name: string | undefined): EventKind | undefined =>
	KINDS.find((kind) => kind === name);

for (const kind of KINDS) {
	const { weight } = descriptorOf(kind);
	if ('always' in weight) STAPLE[kind] = weight.always;
	else if ('sometimes' in weight) FACTORS.set(kind, weight.sometimes);
	else if ('inSetups' in weight) OF_SETUPS.set(kind, weight.inSetups);
	const beside = 'beside' in weight ? named(weight.beside) : undefined;
	if (beside !== undefined) BESIDE.set(beside, kind);
	const undo = 'sometimes' in weight ? named(weight.undoneBy) : undefined;
	if (undo !== undefined) UNDONE_BY.set(kind, undo);
}

export const OPTIONAL: readonly EventKind[] = [...FACTORS.keys()];

function withKinds(kinds: readonly EventKind[], weightOf: (kind: EventKind) => number): Swarm {
	const drawn: Swarm = { ...STAPLE };
	for (const kind of kinds) {
		drawn[kind] = weightOf(kind) * (FACTORS.get(kind) ?? 1);
		const beside = BESIDE.get(kind);
		if (beside !== undefined) drawn[beside] = drawn[kind] ?? 1;
		const undo = UNDONE_BY.get(kind);
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

/** The kinds that the setup itself has, whatever else is on. */
export function withSetup(swarm: Swarm, setup: Setup): Swarm {
	const all: Swarm = { ...swarm };
	for (const [kind, weightIn] of OF_SETUPS) {
		const weight = weightIn(setup);
		if (weight > 0) all[kind] ??= weight;
	}
	return all;
}

/** Nothing but work, and commands that fail: no network faults, crashes, users or attackers. */
export const plain: Swarm = { ...STAPLE, 'heartbeat-sent': 1 };

/** Work, one kind of event beside it, and what undoes that. */
export const alone = (kind: EventKind): Swarm => withKinds([kind], () => 4);
