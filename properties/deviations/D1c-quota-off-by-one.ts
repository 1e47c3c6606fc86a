import { slotsInUse } from '../../impl/server/quota.ts';
import { STEPS } from '../../model/checker/mistakes/mistakes.ts';
import type { Deviation } from './deviation.ts';

export const quotaOffByOne: Deviation = {
	id: 'D1c',
	name: 'quota off by one',
	symptom: 'The last slot of the day is never given.',
	where: 'evergreen 953ae91, project_ref.go',
	breaks: ['S7', 'L1'],
	machines: STEPS['the last slot of a project is never given (D1c)'],
	long: 'two tasks have to ask for a restart, as the limit is two',
	rules: {
		isQuotaSpent: ({ slots }, { daily_limit }, now_ms) =>
			daily_limit > 0 && slotsInUse(slots, now_ms) + 1 >= Math.max(daily_limit, 2),
	},
	toured: { by: 'policy', breaks: 'S7', far: true },
};
