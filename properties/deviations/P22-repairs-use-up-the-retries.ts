import { RULES } from '../../impl/server/rules.ts';
import type { Deviation } from './deviation.ts';

export const repairsUseUpTheRetries: Deviation = {
	id: 'P22',
	name: 'repairs use up the retries',
	symptom: 'A try that was lost to infrastructure uses up the retry.',
	where: 'apache/airflow#38304',
	breaks: ['S13'],
	rules: {
		reset: (ended, startedBy, secret) => {
			const next = RULES.reset(ended, startedBy, secret);
			return startedBy.by === 'system'
				? { ...next, automatic_restarts: next.automatic_restarts + 1 }
				: next;
		},
	},
	toured: { by: 'stale', breaks: 'S13' },
};
