import { STEPS } from '../../model/checker/mistakes/mistakes.ts';
import type { Deviation } from './deviation.ts';

export const abortKeepsTheMark: Deviation = {
	id: 'H28-i',
	name: 'abort keeps the mark',
	symptom: 'A task that a user aborted after its mark is restarted all the same.',
	where: 'DEVPROD-998 (#7222)',
	breaks: ['S3', 'S7', 'S21'],
	machines: STEPS['an aborted task is restarted all the same (H28 i)'],
	rules: { withdraws: () => false },
	toured: { by: 'display-abort', breaks: 'S3' },
	told: 'seldom',
};
