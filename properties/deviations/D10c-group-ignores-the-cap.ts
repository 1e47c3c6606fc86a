import { RULES } from '../../impl/server/rules.ts';
import type { Deviation } from './deviation.ts';

export const groupIgnoresTheCap: Deviation = {
	id: 'D10c',
	name: 'group ignores the cap',
	symptom: 'A single-host group restarts beyond the cap.',
	where: 'evergreen 953ae91, task_lifecycle.go',
	breaks: ['S1'],
	rules: {
		isAtCap: (task, policy) => task.place?.group == null && RULES.isAtCap(task, policy),
	},
};
