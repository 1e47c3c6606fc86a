import type { Bounds } from '../../../vocabulary/bounds.ts';
import type { Actor } from '../../../vocabulary/events/descriptor.ts';
import { descriptorOf, type EventKind, KINDS } from '../../../vocabulary/events/event.ts';
import { isPossible } from '../../../vocabulary/events/possible.ts';
import type { Observation } from '../../../vocabulary/observation.ts';
import type { Setup } from '../../../vocabulary/setup.ts';
import { costOf } from '../../configurations/configuration.ts';
import type { Costed } from './acting.ts';

const noChoice = (): never => {
	throw new Error('what is proposed to the checker leaves a choice open');
};

/** Whether the bounds have room for any event that somebody among these lets happen. */
export const mayAct = (by: readonly Actor[], bounds: Bounds): boolean =>
	KINDS.map(descriptorOf).some((kind) => by.includes(kind.by) && isAllowed(kind, bounds));

/** What these may let happen now, within the bounds, and what it costs. */
export function explored(
	by: readonly Actor[],
	seen: Observation,
	setup: Setup,
	bounds: Bounds,
): Costed[] {
	return KINDS.map(descriptorOf)
		.filter((kind) => by.includes(kind.by) && isAllowed(kind, bounds))
		.flatMap((kind) => {
			const { explored } = kind;
			if (explored === 'by a rule of its own') return [];
			const events =
				explored === 'all proposed'
					? kind.propose(seen, setup, noChoice)
					: explored(seen, setup, bounds);
			const cost = kind.cost === null ? {} : { cost: costOf(kind.cost) };
			return events
				.filter((event) => isPossible(setup, seen, event))
				.map((event) => ({ event, ...cost }));
		});
}

/** What one event of this kind costs; null where the bounds have no room for any, or where it costs nothing. */
export function costWithin(kind: EventKind, bounds: Bounds): { readonly cost: number } | null {
	const { cost } = descriptorOf(kind);
	return cost !== null && isAllowed({ cost }, bounds) ? { cost: costOf(cost) } : null;
}

const isAllowed = ({ cost }: Pick<ReturnType<typeof descriptorOf>, 'cost'>, bounds: Bounds) =>
	cost === null || (bounds[cost] ?? 0) > 0;
