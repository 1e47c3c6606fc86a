import { STEPS } from '../../model/checker/mistakes/mistakes.ts';
import type { Deviation } from './deviation.ts';

export const quotaIsNotThere: Deviation = {
	id: 'H39',
	name: 'quota is not there',
	symptom: 'However many restarts a project had today, it gets the next one.',
	where: 'DEVPROD-6589 (#8449)',
	breaks: ['S7'],
	machines: STEPS['a project has as many restarts a day as it likes (H39)'],
	long: 'two tasks have to ask for a restart, as the limit is one',
	rules: { isQuotaSpent: () => false },
	toured: { by: 'quota', breaks: 'S7', far: true },
	told: 'seldom',
};
