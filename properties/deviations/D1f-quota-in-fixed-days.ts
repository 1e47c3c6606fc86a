import { TIMING } from '../../model/vocabulary/setup.ts';
import type { Deviation } from './deviation.ts';

const DAY_MS = TIMING.window_s * 1000;

export const quotaInFixedDays: Deviation = {
	id: 'D1f',
	name: 'quota in fixed days',
	symptom:
		'The count starts anew when its day is over, so that more than the limit fit into 24 hours.',
	// Its days begin with the first restart there, and at fixed hours here: the fewest grants show it.
	where: 'evergreen 953ae91, project_ref.go',
	breaks: ['S7'],
	long: 'two tasks have to ask for a restart, with a day that begins between them',
	rules: {
		isQuotaSpent: ({ slots }, { daily_limit }, now_ms) => {
			const day = Math.floor(now_ms / DAY_MS);
			const today = slots.filter(({ taken_at_ms }) => Math.floor(taken_at_ms / DAY_MS) === day);
			return daily_limit > 0 && today.length >= daily_limit;
		},
	},
	toured: { by: 'quota-hours', breaks: 'S7', far: true },
};
