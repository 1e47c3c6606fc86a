import type { Handler } from '../../../system/handlers.ts';
import { inHand } from '../../../system/handlers.ts';
import type { Flight } from '../../../system/network.ts';
import { shapeOf } from '../../../system/shape.ts';
import type { Event } from '../../../vocabulary/events/event.ts';
import { type Begun, selectorOfHandler } from '../../../vocabulary/events/held.ts';
import { eventsOfVersion } from '../../../vocabulary/events/when-finished.ts';
import { selectorOf } from '../../../vocabulary/message.ts';
import type { NetworkStep } from '../../engine/product/product.ts';
import { quotaPlaces, SERVER, unitPlace } from '../sandbox/sandbox.ts';
import type { Acting, RetryRule } from './acting.ts';
import { costWithin } from './explored.ts';
import { KINDS_OF_VERSION, userEvents } from './users.ts';

/** What a handler may read and change when it goes on: all of the server. */
const serverReads = ({ sandbox: { setup } }: Acting): number[] => [
	SERVER,
	...quotaPlaces(setup),
	...shapeOf(setup).units.map(({ unit }) => unitPlace(unit)),
];

/** Handlers are carried like messages: one that goes on leaves what it was, and may come to stand elsewhere. */
export function goingOn(acting: Acting, handler: Handler): RetryRule {
	const reads = serverReads(acting);
	const event: Event = { kind: 'goes-on', handler: selectorOfHandler(inHand(handler)) };
	return {
		reads,
		ask: (states) => {
			const done = acting.sandbox.hold(event, reads, states, { flight: null, handler });
			return [{ label: done.happened, writes: done.writes, network: done.network }];
		},
	};
}

/** The request of an agent arrives, and its handler is held. */
export const holding = (acting: Acting, flight: Flight): RetryRule[] =>
	held(acting, [SERVER], flight, () => [
		{ kind: 'message-delivered', message: selectorOf(flight.message) },
	]);

/** What users ask and what the monitor begins is held. */
export function ofHolding(acting: Acting): RetryRule[] {
	const reads = serverReads(acting);
	return [
		...held(acting, reads, null, () => [{ kind: 'monitor-runs' }]),
		...KINDS_OF_VERSION.filter((kind) => costWithin(kind, acting.bounds) !== null).flatMap((kind) =>
			held(acting, reads, null, () => eventsOfVersion(kind, acting.sandbox.setup)),
		),
		...[...acting.sandbox.setup.tasks.keys()].flatMap((task) =>
			held(acting, reads, null, (states) =>
				userEvents(acting, task, states[reads.indexOf(unitOf(acting, task))] ?? 0),
			),
		),
	];
}

/** The component in which the unit of a task is. */
const unitOf = ({ sandbox: { setup } }: Acting, task: number): number =>
	unitPlace(shapeOf(setup).unitOf[task] ?? 0);

/** A crash ends what is held. */
export const dropping = ({ sandbox, bounds }: Acting): NetworkStep[] =>
	costWithin('held', bounds) === null ? [] : [sandbox.messages.dropHandlers];

function held(
	acting: Acting,
	reads: readonly number[],
	flight: Flight | null,
	begun: (states: readonly number[]) => readonly Begun[],
): RetryRule[] {
	const cost = costWithin('held', acting.bounds);
	if (cost === null) return [];
	return [
		{
			reads,
			ask: (states) => {
				if (!acting.isUp(states[reads.indexOf(SERVER)])) return [];
				return begun(states).map((one) => {
					const event: Event = { kind: 'held', begun: one };
					const done = acting.sandbox.hold(event, reads, states, { flight, handler: null });
					return { label: done.happened, writes: done.writes, network: done.network, ...cost };
				});
			},
		},
	];
}
