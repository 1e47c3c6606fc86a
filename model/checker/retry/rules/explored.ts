import type { Bounds } from '../../../vocabulary/bounds.ts';
import type { Actor } from '../../../vocabulary/events/descriptor.ts';
import { descriptorOf, KINDS } from '../../../vocabulary/events/event.ts';
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
			const events =
				kind.explored === 'all proposed'
					? kind.propose(seen, setup, noChoice)
					: kind.explored(seen, setup, bounds);
			const cost = kind.cost === null ? {} : { cost: costOf(kind.cost) };
			return events
				.filter((event) => isPossible(setup, seen, event))
				.map((event) => ({ event, ...cost }));
		});
}

const isAllowed = ({ cost }: Pick<ReturnType<typeof descriptorOf>, 'cost'>, bounds: Bounds) =>
	cost === null || (bounds[cost] ?? 0) > 0;
