import { TIMING } from '../../model/vocabulary/setup.ts';
import type { Deviation } from './deviation.ts';

export const ageCountsFromDispatch: Deviation = {
	id: 'P13',
	name: 'age counts from dispatch',
	symptom: 'Work that is alive is given out again because it takes long.',
	where: 'celery/celery#5306, #3270',
	breaks: ['S5', 'S20'],
	rules: {
		isStale: ({ dispatched_at_ms }, now_ms) =>
			dispatched_at_ms !== null && now_ms - dispatched_at_ms >= TIMING.stale_s * 1000,
	},
	toured: { by: 'unanswered', breaks: 'S20' },
};
