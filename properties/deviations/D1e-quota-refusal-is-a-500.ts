import { RULES } from '../../impl/server/rules.ts';
import type { Deviation } from './deviation.ts';

export const quotaRefusalIsA500: Deviation = {
	id: 'D1e',
	name: 'quota refusal is a 500',
	symptom:
		'A mark that the quota refuses is answered as if the server had failed, and is sent again for a minute.',
	where: 'evergreen 953ae91, task_restart route',
	breaks: ['S14'],
	rules: {
		statusOf: (refusal) => (refusal === 'refused_quota' ? 500 : RULES.statusOf(refusal)),
	},
	toured: { by: 'limits', breaks: 'S14', far: true },
};
