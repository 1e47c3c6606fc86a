import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Matter } from '../../impl/server/rules.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Begun } from '../../model/vocabulary/events/held.ts';
import { isNightly } from '../../packaging/levels/levels.ts';
import { alone, type Swarm } from '../arbitraries/swarm.ts';
import { model } from '../systems/model.ts';
import { reference } from '../systems/reference.ts';
import { campaign } from '../trial/campaign.ts';
import { replaying, trial } from '../trial/trial.ts';
import { OVERLAP_FAULTS } from './overlap-faults.ts';
import { OVERLAP_STORIES } from './overlap-stories.ts';

/** Faults that only show where requests overlap: each in a story of its own, and in random ones. */

/** What happens in random stories beside work, and requests that overlap. */
const ANYTHING: Swarm = {
	'user-aborts': 2,
	'user-restarts': 2,
	'heartbeat-sent': 3,
	'hours-pass': 2,
	'host-unreachable': 1,
	'monitor-runs': 2,
};

/** The same, but what is held happens at once, where it goes on first. */
function atOnce(events: readonly Event[]): Event[] {
	const held: Begun[] = [];
	return events.flatMap((event): Event[] => {
		if (event.kind === 'held') held.push(event.begun);
		if (event.kind !== 'held' && event.kind !== 'goes-on') return [event];
		return event.kind === 'held' ? [] : held.splice(0, 1);
	});
}

const faulty = (matter: Matter) => reference({ rules: { holds: (one) => one !== matter } }, matter);

describe.each(OVERLAP_FAULTS)('$what', ({ matter, breaks }) => {
	const { setup, events, beside } = OVERLAP_STORIES[matter];

	test('breaks what was promised, and a correct server does not', async () => {
		const { finding, broken } = await trial([faulty(matter)], setup, replaying(events), {
			goOn: true,
		});
		expect(finding).toMatchObject({ kind: 'violated' });
		const [first = broken[0]] = broken.filter(({ guarantee }) => breaks.includes(guarantee));
		expect(breaks).toContain(first?.guarantee);
		const right = await trial([model(), reference()], setup, replaying(events));
		expect(right).toMatchObject({ finding: null, rested: true, events });
	});

	test('is not seen where requests come one after the other', async () => {
		const told = await trial([model(), faulty(matter)], setup, replaying(atOnce(events)));
		expect(told).toMatchObject({ finding: null });
	});

	// A unit that was settled and is so no more: random stories tell seldom of it.
	test.runIf(isNightly || matter !== 'settled')(
		'is found in random stories, with no model beside',
		async () => {
			const { found } = await campaign({
				systems: [faulty(matter)],
				setups: fc.constant(setup),
				swarms: fc.constant({ ...alone('held'), ...(beside ?? ANYTHING) }),
				seed: 1,
				length: 60,
				limit: { stories: 1500 },
			});
			expect(found?.finding).toMatchObject({ kind: 'violated' });
		},
		60_000,
	);
});
