import type { Deviation } from './deviation.ts';

export const restartIsCountedTwice: Deviation = {
	id: 'H35',
	name: 'restart is counted twice',
	symptom:
		'A restart takes a slot of the day when it is asked for, and another one when it happens.',
	where: 'DEVPROD-6991 (#7891)',
	breaks: ['S7', 'S19'],
	rules: { paysAgain: () => true },
	toured: { by: 'unanswered', breaks: 'S7' },
};
