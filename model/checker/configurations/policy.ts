import { quota } from './quota.ts';
import type { Sized } from './sized.ts';

/** What admins change while work goes on: the policy that counts is the one at the grant. */
export const policy: Sized = {
	name: 'policy',
	covers:
		'Two tasks that share a quota of one slot a day, while an admin raises the limit or lifts it, lowers the cap, or switches restarts off.',
	setup: quota.setup,
	from: 'standard',
	quick: {
		messages: 1,
		outcomes: ['failed'],
		changes: 1,
		policies: [{ daily_limit: 2 }, { max_automatic_restarts: 0 }],
	},
	standard: {
		policies: [
			{ daily_limit: 2 },
			{ daily_limit: 0 },
			{ max_automatic_restarts: 0 },
			{ execution_cap: 1 },
		],
	},
	deep: {
		deaths: 1,
		changes: 2,
		policies: [
			{},
			{ daily_limit: 2 },
			{ max_automatic_restarts: 0 },
			{ execution_cap: 1 },
			{ restart_system_failed: true },
		],
	},
};
