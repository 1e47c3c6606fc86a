import type { Deviation } from './deviation.ts';

export const quotaCountsTwoAndBeginsAnew: Deviation = {
	id: 'D1b',
	name: 'quota counts two and begins anew',
	symptom:
		'The second mark of the day writes its count where the time belongs, so that the third is the first of a new day.',
	where: 'evergreen 953ae91, project_ref.go',
	breaks: ['S7'],
	long: 'three tasks have to ask for a restart, as the third begins a new day',
	rules: {
		isQuotaSpent: ({ slots }, { daily_limit }) =>
			daily_limit > 0 && slots.length % 2 >= daily_limit,
	},
	toured: { by: 'quota', breaks: 'S7', far: true },
};
