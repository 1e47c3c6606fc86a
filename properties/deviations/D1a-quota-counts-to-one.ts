import type { Deviation } from './deviation.ts';

export const quotaCountsToOne: Deviation = {
	id: 'D1a',
	name: 'quota counts to one',
	symptom: 'The daily count never exceeds one, so that no limit above one is ever enforced.',
	where: 'evergreen 953ae91, project_ref.go',
	breaks: ['S7'],
	long: 'three tasks have to ask for a restart, as the limit is two',
	rules: {
		isQuotaSpent: ({ slots }, { daily_limit }) =>
			daily_limit > 0 && Math.min(slots.length, 1) >= daily_limit,
	},
	toured: { by: 'quota', breaks: 'S7', far: true },
};
