import { RULES } from '../../impl/server/rules.ts';
import type { Deviation } from './deviation.ts';

export const abortedTaskIsRepaired: Deviation = {
	id: 'H22',
	name: 'aborted task is repaired',
	symptom: 'A task that was aborted and whose host then fell silent is run again.',
	where: 'EVG-16860 (#6005)',
	breaks: ['S2', 'S3', 'L6'],
	rules: {
		isRepaired: (ended, policy) => RULES.isRepaired({ ...ended, aborted: false }, policy),
	},
	told: 'seldom',
};
