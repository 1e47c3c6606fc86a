import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { postgresIsMissing } from '../../impl/testing/postgres.ts';
import type { EventKind } from '../../model/vocabulary/events/event.ts';
import { isNightly } from '../../packaging/levels/levels.ts';
import { generatedSetup } from '../arbitraries/setup.ts';
import { alone } from '../arbitraries/swarm.ts';
import { holdingVersions } from '../arbitraries/version-holds.ts';
import { OVERLAP_FAULTS } from '../deviations/overlap-faults.ts';
import { OVERLAP_STORIES } from '../deviations/overlap-stories.ts';
import { liveOnPostgres } from '../live/system.ts';
import { campaign } from '../trial/campaign.ts';
import { replaying, trial } from '../trial/trial.ts';
import { noting, playsAsTheModelDoes, someOfEachKind } from './live.suite.ts';
import { model } from './model.ts';

/** A record that is not held, a task that is given twice, the monitor, and a version; by night all. */
const TRIED = ['list', 'next', 'silence', 'version'];

describe.skipIf(postgresIsMissing !== null)(
	`over PostgreSQL${postgresIsMissing === null ? '' : ` (skipped: ${postgresIsMissing})`}`,
	() => {
		const system = liveOnPostgres();
		playsAsTheModelDoes(system, 6, isNightly ? () => true : someOfEachKind(4));

		test('random stories in which handlers are held go as in the model', async () => {
			const kinds = new Set<EventKind>();
			const { found, unrested } = await campaign({
				systems: [model(), noting(system, kinds)],
				setups: fc.constant(OVERLAP_STORIES.list.setup),
				swarms: fc.constant({ ...alone('held'), 'user-aborts': 1, 'monitor-runs': 1 }),
				seed: 3,
				length: 30,
				limit: { stories: isNightly ? 40 : 4 },
			});
			expect({ found, unrested }).toEqual({ found: null, unrested: 0 });
			expect([...kinds]).toEqual(expect.arrayContaining(['held', 'goes-on']));
		}, 600_000);

		test('random stories in which what is asked of versions is held go as in the model', async () => {
			const { found, unrested, situations } = await campaign({
				systems: [model(), system],
				setups: generatedSetup,
				walks: holdingVersions,
				seed: 1,
				length: 40,
				limit: { stories: isNightly ? 30 : 4 },
			});
			expect({ found, unrested }).toEqual({ found: null, unrested: 0 });
			for (const half of ['C5 each-unit', 'S21 each-unit'])
				expect(situations.get(half)?.events).toBeGreaterThan(0);
		}, 600_000);

		test.each(OVERLAP_FAULTS.filter(({ matter }) => isNightly || TRIED.includes(matter)))(
			'$what: two servers are made to show it',
			async ({ matter, breaks }) => {
				const { setup, events } = OVERLAP_STORIES[matter];
				const faulty = { name: matter, start: () => system.start(setup, { looks: [matter] }) };
				const { broken } = await trial([faulty], setup, replaying(events), { goOn: true });
				const [first = broken[0]] = broken.filter(({ guarantee }) => breaks.includes(guarantee));
				expect(breaks).toContain(first?.guarantee);
			},
			60_000,
		);
	},
);
