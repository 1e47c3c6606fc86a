import { describe, expect, test } from 'vitest';
import { postgresIsMissing } from '../../impl/testing/postgres.ts';
import { isNightly } from '../../packaging/levels/levels.ts';
import { OVERLAP_FAULTS } from '../deviations/overlap-faults.ts';
import { OVERLAP_STORIES } from '../deviations/overlap-stories.ts';
import { liveOnPostgres } from '../live/system.ts';
import { replaying, trial } from '../trial/trial.ts';
import { playsAsTheModelDoes } from './live.suite.ts';

/** A record that is not held, a task that is given twice, and the monitor; by night all. */
const TRIED = ['list', 'next', 'silence'];

describe.skipIf(postgresIsMissing !== null)(
	`over PostgreSQL${postgresIsMissing === null ? '' : ` (skipped: ${postgresIsMissing})`}`,
	() => {
		const system = liveOnPostgres();
		playsAsTheModelDoes(system, 6);

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
