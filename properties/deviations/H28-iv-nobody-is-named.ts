import { RULES } from '../../impl/server/rules.ts';
import type { Deviation } from './deviation.ts';

export const nobodyIsNamed: Deviation = {
	id: 'H28-iv',
	also: ['D17'],
	name: 'nobody is named',
	symptom: 'A restarted execution does not say that a mark restarted it, and whose.',
	where: 'DEVPROD-998 (#7222)',
	breaks: ['S13', 'S19'],
	rules: {
		reset: (ended, startedBy, secret) =>
			RULES.reset(ended, startedBy.by === 'mark' ? { by: 'user' } : startedBy, secret),
	},
	toured: { by: 'unanswered', breaks: 'S13' },
};
