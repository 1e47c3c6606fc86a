import { RULES } from '../../impl/server/rules.ts';
import { STEPS } from '../../model/checker/mistakes/mistakes.ts';
import type { Deviation } from './deviation.ts';

export const capDropsAGrant: Deviation = {
	id: 'D10b',
	name: 'cap drops a grant',
	symptom: 'At the cap a mark is granted all the same, and nothing follows.',
	where: 'evergreen 953ae91, task_lifecycle.go',
	breaks: ['S1'],
	machines: STEPS['a mark is granted at the cap, and no restart follows (D10b)'],
	rules: { isAtCap: () => false, keeps: (granted, policy) => !RULES.isAtCap(granted, policy) },
	toured: { by: 'limits-late', breaks: null, far: true },
};
