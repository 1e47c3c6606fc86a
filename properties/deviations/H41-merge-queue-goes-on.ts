import type { Deviation } from './deviation.ts';

export const mergeQueueGoesOn: Deviation = {
	id: 'H41',
	name: 'merge queue goes on',
	symptom: 'A merge-queue version runs on after its first failure.',
	where: 'DEVPROD-2577 (#8620)',
	breaks: ['S21'],
	rules: { abortsOthers: () => false },
	toured: { by: 'merge-version', breaks: 'S21' },
	told: 'soon',
};
