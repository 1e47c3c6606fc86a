import type { Deviation } from './deviation.ts';

export const capTooLow: Deviation = {
	id: 'H09',
	also: ['H38'],
	name: 'cap too low',
	symptom: 'Automatic restarts end at execution 3, not at the cap.',
	where: 'EVG-12885 (#3932)',
	breaks: ['S1'],
	elsewhere: ['L1'],
	rules: { isAtCap: (task) => task.execution >= 3 },
	toured: { by: 'limits-late', breaks: null, far: true },
};
